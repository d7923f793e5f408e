package io.yunyu.cli.generate;

import static io.yunyu.cli.generate.DirtKind.CHECK_DIGIT;
import static io.yunyu.cli.generate.DirtKind.CONFLICT;
import static io.yunyu.cli.generate.DirtKind.DUPLICATE;
import static io.yunyu.cli.generate.DirtKind.MISSING;
import static io.yunyu.cli.generate.DirtKind.NAME_VARIANT;
import static io.yunyu.cli.generate.DirtKind.ORPHAN;
import static io.yunyu.cli.generate.DirtKind.OUT_OF_RANGE;
import static io.yunyu.cli.generate.DirtKind.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.identifier.CitizenId;
import io.yunyu.contract.identifier.IdentifierRules;
import io.yunyu.contract.identifier.InvalidReason;
import io.yunyu.contract.identifier.UnifiedSocialCreditCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Finds the defects from the data alone and compares with the list: nothing unlisted, nothing listed in vain. */
class GeneratedDirtTest {
    private static final GeneratorSettings SETTINGS = GeneratorSettings.of(30_000, 5, true);
    private static final IdentifierRules RULES = IdentifierRules.withSyntheticRegions(LocalDate.of(2025, 12, 31));
    private static final GeneratorSettings CLEAN = GeneratorSettings.of(30_000, 5, false);
    private static final Set<String> PEOPLE =
            GeneratedCsv.of(CLEAN, Table.POP_BASE).values("id_no");
    private static final Set<String> FIRMS =
            GeneratedCsv.of(CLEAN, Table.LEGAL_BASE).values("uscc");

    private final Set<String> found = new TreeSet<>();

    @Test
    void popBase_defectsFoundInTheData_areExactlyThoseListed() {
        GeneratedCsv table = read(Table.POP_BASE);
        forEachRow(table, (row, number) -> {
            String id = table.value(row, "id_no");
            note(checksumFails(id), number, "id_no", CHECK_DIGIT);
            noteMissing(table, row, number, "name", "ethnic");
            String name = table.value(row, "name");
            note(name.contains("•") || name.contains("\u3000"), number, "name", NAME_VARIANT);
            note(table.value(row, "updated_at").compareTo("2020") < 0, number, "updated_at", STALE);
            String birth = table.value(row, "birth_date").replace("-", "");
            note(!id.substring(6, 14).equals(birth), number, "birth_date", CONFLICT);
        });
        assertListed(table, CHECK_DIGIT, MISSING, DUPLICATE, NAME_VARIANT, STALE, CONFLICT);
    }

    @Test
    void legalBase_defectsFoundInTheData_areExactlyThoseListed() {
        GeneratedCsv table = GeneratedCsv.of(GeneratorSettings.of(200_000, 5, true), Table.LEGAL_BASE);
        Set<String> people = GeneratedCsv.of(GeneratorSettings.of(200_000, 5, false), Table.POP_BASE)
                .values("id_no");
        forEachRow(table, (row, number) -> {
            note(codeFails(table.value(row, "uscc")), number, "uscc", CHECK_DIGIT);
            noteMissing(table, row, number, "industry", "legal_rep_id");
            note(table.value(row, "name").contains("\u3000"), number, "name", NAME_VARIANT);
            note(isOrphan(table.value(row, "legal_rep_id"), people), number, "legal_rep_id", ORPHAN);
        });
        assertListed(table, CHECK_DIGIT, MISSING, DUPLICATE, NAME_VARIANT, ORPHAN);
    }

    @Test
    void medOutpatient_defectsFoundInTheData_areExactlyThoseListed() {
        GeneratedCsv table = read(Table.MED_OUTPATIENT);
        forEachRow(table, (row, number) -> {
            String id = table.value(row, "id_no");
            note(checksumFails(id), number, "id_no", CHECK_DIGIT);
            note(isOrphan(id, PEOPLE), number, "id_no", ORPHAN);
            noteMissing(table, row, number, "icd10", "dept");
            boolean man = (id.charAt(16) - '0') % 2 == 1;
            note(man != table.value(row, "sex").equals("男"), number, "sex", CONFLICT);
            BigDecimal drugs = new BigDecimal(table.value(row, "drug_fee"));
            note(drugs.compareTo(new BigDecimal(table.value(row, "fee_total"))) > 0, number, "drug_fee", OUT_OF_RANGE);
        });
        assertListed(table, CHECK_DIGIT, MISSING, DUPLICATE, ORPHAN, CONFLICT, OUT_OF_RANGE);
    }

    @Test
    void siPay_defectsFoundInTheData_areExactlyThoseListed() {
        GeneratedCsv table = read(Table.SI_PAY);
        BigDecimal lowest = BigDecimal.valueOf(SiPayRows.LOWER_LIMIT_CENTS, 2);
        forEachRow(table, (row, number) -> {
            String id = table.value(row, "aac147");
            String employer = table.value(row, "aab001");
            note(checksumFails(id), number, "aac147", CHECK_DIGIT);
            note(isOrphan(id, PEOPLE), number, "aac147", ORPHAN);
            noteMissing(table, row, number, "aab001");
            boolean mistyped = !employer.isEmpty() && codeFails(employer);
            note(mistyped, number, "aab001", CHECK_DIGIT);
            boolean nobody = !employer.isEmpty() && !mistyped && !FIRMS.contains(employer);
            note(nobody, number, "aab001", ORPHAN);
            note(new BigDecimal(table.value(row, "aae180")).compareTo(lowest) < 0, number, "aae180", OUT_OF_RANGE);
        });
        assertListed(table, CHECK_DIGIT, MISSING, DUPLICATE, ORPHAN, OUT_OF_RANGE);
    }

    private interface RowCheck {
        void check(String[] row, int number);
    }

    private static GeneratedCsv read(Table table) {
        return GeneratedCsv.of(SETTINGS, table);
    }

    private void forEachRow(GeneratedCsv table, RowCheck check) {
        for (int i = 0; i < table.rows.size(); i++) {
            note(table.repeatsTheOneBefore(i), i + 1, "", DUPLICATE);
            check.check(table.rows.get(i), i + 1);
        }
    }

    private void noteMissing(GeneratedCsv table, String[] row, int number, String... columns) {
        for (String column : columns) {
            note(table.value(row, column).isEmpty(), number, column, MISSING);
        }
    }

    private void note(boolean bad, int number, String column, DirtKind kind) {
        if (bad) {
            found.add(number + "," + column + "," + kind);
        }
    }

    private void assertListed(GeneratedCsv table, DirtKind... kinds) {
        assertThat(found).isEqualTo(table.listedDirt);
        for (DirtKind kind : kinds) {
            assertThat(found).as("some of kind %s", kind).anyMatch(entry -> entry.endsWith("," + kind));
        }
        long duplicates =
                found.stream().filter(entry -> entry.endsWith(",DUPLICATE")).count();
        assertThat(duplicates / (double) table.rows.size()).isBetween(0.003, 0.007);
    }

    private static boolean checksumFails(String id) {
        return CitizenId.reasonOf(id, RULES) == InvalidReason.CHECKSUM;
    }

    private static boolean codeFails(String code) {
        return UnifiedSocialCreditCode.reasonOf(code, RULES) == InvalidReason.CHECKSUM;
    }

    private static boolean isOrphan(String id, Set<String> people) {
        return !id.isEmpty() && CitizenId.reasonOf(id, RULES) == null && !people.contains(id);
    }
}
