package io.yunyu.cli.generate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.dimension.CodeList;
import io.yunyu.contract.dimension.Dimension;
import io.yunyu.contract.dimension.NestedCodes;
import io.yunyu.contract.identifier.CitizenId;
import io.yunyu.contract.identifier.IdentifierResult;
import io.yunyu.contract.identifier.IdentifierRules;
import io.yunyu.contract.identifier.UnifiedSocialCreditCode;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One clean world: every reference has its target and rows about one person agree. */
class GeneratedIntegrityTest {
    private static final GeneratorSettings SETTINGS = GeneratorSettings.of(20_000, 11, false);
    private static final IdentifierRules RULES = IdentifierRules.withSyntheticRegions(LocalDate.of(2025, 12, 31));
    private static final GeneratedCsv PEOPLE = GeneratedCsv.of(SETTINGS, Table.POP_BASE);
    private static final GeneratedCsv FIRMS = GeneratedCsv.of(SETTINGS, Table.LEGAL_BASE);
    private static final GeneratedCsv VISITS = GeneratedCsv.of(SETTINGS, Table.MED_OUTPATIENT);
    private static final GeneratedCsv PAYMENTS = GeneratedCsv.of(SETTINGS, Table.SI_PAY);

    @Test
    void clean_tables_haveNoDirtAndNoEmptyValue() {
        for (GeneratedCsv table : List.of(PEOPLE, FIRMS, VISITS, PAYMENTS)) {
            assertThat(table.listedDirt).isEmpty();
            assertThat(table.rows).allSatisfy(row -> assertThat(row).doesNotContain(""));
        }
    }

    @Test
    void clean_identifiers_areUniqueAndValid() {
        assertThat(PEOPLE.values("id_no")).hasSize(20_000);
        assertThat(FIRMS.values("uscc")).hasSize(2_400);
        assertThat(VISITS.values("mdtrt_id")).hasSize(VISITS.rows.size());
        assertThat(PEOPLE.values("id_no"))
                .allSatisfy(id -> assertThat(CitizenId.reasonOf(id, RULES)).isNull());
        assertThat(FIRMS.values("uscc")).allSatisfy(code -> assertThat(UnifiedSocialCreditCode.check(code, RULES))
                .isEqualTo(new IdentifierResult.Valid(code, Set.of())));
    }

    @Test
    void clean_references_haveTheirTarget() {
        Set<String> people = PEOPLE.values("id_no");
        assertThat(people).containsAll(VISITS.values("id_no"));
        assertThat(people).containsAll(PAYMENTS.values("aac147"));
        assertThat(people).containsAll(FIRMS.values("legal_rep_id"));
        assertThat(FIRMS.values("uscc")).containsAll(PAYMENTS.values("aab001"));
    }

    @Test
    void clean_rowsOfOnePerson_agree() {
        Map<String, String[]> byId = new HashMap<>();
        PEOPLE.rows.forEach(row -> byId.put(PEOPLE.value(row, "id_no"), row));
        Map<String, String[]> firms = new HashMap<>();
        FIRMS.rows.forEach(row -> firms.put(FIRMS.value(row, "uscc"), row));
        assertThat(VISITS.rows).allSatisfy(row -> {
            String[] person = requireNonNull(byId.get(VISITS.value(row, "id_no")));
            assertThat(VISITS.value(row, "sex")).isEqualTo(PEOPLE.value(person, "sex"));
            assertThat(PEOPLE.value(person, "alive")).isEqualTo("是");
            assertThat(VISITS.value(row, "visit_date")).isGreaterThanOrEqualTo(PEOPLE.value(person, "birth_date"));
        });
        assertThat(PAYMENTS.rows).allSatisfy(row -> {
            String[] person = requireNonNull(byId.get(PAYMENTS.value(row, "aac147")));
            String[] firm = requireNonNull(firms.get(PAYMENTS.value(row, "aab001")));
            assertThat(PAYMENTS.value(row, "prefecture")).isEqualTo(PEOPLE.value(person, "prefecture"));
            assertThat(FIRMS.value(firm, "area")).isEqualTo(PEOPLE.value(person, "prefecture"));
            assertThat(FIRMS.value(firm, "status")).isEqualTo("存续");
        });
    }

    @Test
    void clean_identifier_tellsBirthSexAndPrefecture() {
        assertThat(PEOPLE.rows).allSatisfy(row -> {
            String id = PEOPLE.value(row, "id_no");
            assertThat(id.substring(6, 14))
                    .isEqualTo(PEOPLE.value(row, "birth_date").replace("-", ""));
            assertThat((id.charAt(16) - '0') % 2 == 1)
                    .isEqualTo(PEOPLE.value(row, "sex").equals("男"));
            assertThat(id.substring(0, 6))
                    .isEqualTo(PEOPLE.value(row, "hukou_area").substring(0, 4) + "99");
        });
    }

    @Test
    void columns_declared_canBeOrderedForIngestAndFitTheValues() {
        Map<Table, GeneratedCsv> tables = Map.of(
                Table.POP_BASE, PEOPLE, Table.LEGAL_BASE, FIRMS, Table.MED_OUTPATIENT, VISITS, Table.SI_PAY, PAYMENTS);
        tables.forEach((table, csv) -> {
            assertThat(csv.names)
                    .isEqualTo(
                            table.columns().stream().map(GeneratedColumn::name).toList());
            for (GeneratedColumn column : table.columns()) {
                AttributeSpec spec = new AttributeSpec(
                        column.name(),
                        column.type(),
                        AttributeRole.INSENSITIVE,
                        2,
                        column.identifier(),
                        column.required(),
                        column.titleZh(),
                        column.titleEn());
                assertThat(csv.values(column.name())).allMatch(value -> fits(spec.type(), value));
                column.dimension().ifPresent(dimension -> {
                    assertThat(spec.with(dimension).domain().dimension()).contains(dimension);
                    assertThat(csv.values(column.name()))
                            .as(column.name())
                            .allMatch(value -> isDeclared(dimension, value));
                });
            }
        });
        assertThat(Table.MED_OUTPATIENT.columns().stream()
                        .filter(c -> c.dimension().isPresent()))
                .hasSize(7);
    }

    /** A value that is not declared would make its record a bad row. */
    private static boolean isDeclared(Dimension dimension, String value) {
        if (dimension instanceof CodeList list) {
            return list.codes().contains(value);
        }
        return !(dimension instanceof NestedCodes nested)
                || value.length() == nested.length()
                        && nested.codes()
                                .contains(value.substring(0, nested.finest().digits()));
    }

    private static boolean fits(String type, String value) {
        return switch (type) {
            case "DATE" -> LocalDate.parse(value).toString().equals(value);
            case "LONG" -> Long.parseLong(value) >= 0;
            case "STRING" -> !value.isBlank();
            default -> type.startsWith("DECIMAL") && new BigDecimal(value).scale() == 2;
        };
    }
}
