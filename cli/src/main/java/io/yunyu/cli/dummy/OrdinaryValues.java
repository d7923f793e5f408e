package io.yunyu.cli.dummy;

import io.yunyu.cli.generate.Draws;
import io.yunyu.cli.generate.FictionalIdentifiers;
import io.yunyu.contract.dimension.DeclaredValues;
import io.yunyu.contract.identifier.CitizenId;
import io.yunyu.contract.identifier.IdentifierRules;
import io.yunyu.contract.identifier.UnifiedSocialCreditCode;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of a column of which nothing but its declaration is known. The {@code place} of a value tells where in the
 * column's range it lies, from 0 (inclusive) to 1 (exclusive): equal places have equal values.
 */
final class OrdinaryValues {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
    private static final int LABELS = 6;
    private static final int DAYS = 360;
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 1);
    private static final int MOST = 500;
    private static final long FIRMS = 40;

    private OrdinaryValues() {}

    /** Identifiers of units: equal in all tables of a family. */
    static ColumnValues units(AttributeSpec attribute) {
        return (unit, record) -> identifier(attribute, unit);
    }

    /** Values of their own for nearly every record. */
    static boolean isDistinct(AttributeSpec attribute) {
        return attribute.role() == AttributeRole.DIRECT_IDENTIFIER
                || attribute.identifier().isPresent();
    }

    /** Whether an ingest would take the value: what a query compares a column with need not be a value of it. */
    static boolean isAllowed(AttributeSpec attribute, String value) {
        if (value.equals(ColumnValues.MISSING)) {
            return !attribute.required();
        }
        if (attribute
                .dimension()
                .flatMap(DeclaredValues::of)
                .filter(values -> !values.contains(value))
                .isPresent()) {
            return false;
        }
        IdentifierRules rules = IdentifierRules.withSyntheticRegions(LocalDate.now(ZoneId.of("Asia/Shanghai")));
        return attribute
                .identifier()
                .map(kind -> kind.equals("USCC")
                        ? UnifiedSocialCreditCode.reasonOf(value, rules) == null
                        : CitizenId.reasonOf(value, rules) == null)
                .orElse(true);
    }

    static ColumnValues distinct(AttributeSpec attribute, Draws draws) {
        // Firms are referred to again and again, persons are not.
        boolean firm = attribute.identifier().filter("USCC"::equals).isPresent();
        return (unit, record) -> identifier(attribute, firm ? draws.at(record).below(FIRMS) : record);
    }

    static String at(AttributeSpec attribute, double place) {
        Optional<List<String>> declared = attribute.dimension().flatMap(DeclaredValues::of);
        if (declared.isPresent()) {
            return declared.get().get((int) (place * declared.get().size()));
        }
        Matcher decimal = DECIMAL.matcher(attribute.type());
        if (decimal.matches()) {
            int scale = Integer.parseInt(decimal.group(2));
            int whole = Integer.parseInt(decimal.group(1)) - scale;
            double most = Math.min(MOST, whole >= 4 ? MOST : Math.pow(10, whole) - Math.pow(10, -scale));
            return BigDecimal.valueOf(place * most)
                    .setScale(Math.min(scale, 2), RoundingMode.DOWN)
                    .toPlainString();
        }
        return switch (attribute.type()) {
            case "LONG" -> Long.toString((long) (place * 100));
            case "DOUBLE" ->
                BigDecimal.valueOf(place * 100).setScale(2, RoundingMode.DOWN).toPlainString();
            case "DATE" -> FIRST_DAY.plusDays((long) (place * DAYS)).toString();
            case "TIMESTAMP" ->
                LocalDateTime.of(FIRST_DAY, java.time.LocalTime.NOON)
                                .plusDays((long) (place * DAYS))
                                .toString()
                                .replace('T', ' ')
                        + ":00";
            case "BOOLEAN" -> place < 0.5 ? "true" : "false";
            default -> attribute.name() + "_" + (1 + (int) (place * LABELS));
        };
    }

    private static String identifier(AttributeSpec attribute, long number) {
        if (attribute.identifier().filter("CITIZEN_ID"::equals).isPresent()) {
            return FictionalIdentifiers.citizenId(number);
        } else if (attribute.identifier().filter("USCC"::equals).isPresent()) {
            return FictionalIdentifiers.uscc(number);
        }
        return switch (attribute.type()) {
            case "STRING" -> "D" + String.format("%08d", number);
            case "DATE" -> LocalDate.of(1900, 1, 1).plusDays(number % 100_000).toString();
            case "LONG" -> Long.toString(number + 1);
            // Nobody identifies units by such a column; it only has to be of its type.
            default -> at(attribute, number % 97 / 97.0);
        };
    }
}
