package io.yunyu.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.json.Json;
import io.yunyu.engine.guard.MemoryGuard;
import io.yunyu.engine.session.SharedSession;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Attacks on a planted person by clever questions, against the engine as it is and against one that is weakened in one
 * place. An attack that subtracts answers succeeds if the difference is 0 where the person lacks the attribute and is not
 * where the person has it.
 */
class AttackSuiteTest {
    private static final String FLU = "SELECT count(DISTINCT person_id) FROM clinic WHERE flu = 'yes' AND ";
    private static final List<String> EXISTENCE = List.of(
            "SELECT age, village, count(*) FROM clinic WHERE flu = 'yes' AND age >= 79 GROUP BY age, village",
            "SELECT sex, flu, count(*) FROM clinic WHERE age = 83 GROUP BY sex, flu",
            "SELECT age, village, count(*) FROM clinic WHERE flu = 'yes' GROUP BY age, village HAVING count(*) < 10");
    /** What each gives, without protection, is the target's bill, alone or out of two answers. */
    private static final List<String> PRODUCTS = List.of(
            "sum(bill * marked)",
            "sum(bill) - sum(bill * (1 - marked))",
            "avg(bill) * count(*) - avg(bill - bill * marked) * count(*)",
            "covar_pop(bill, marked) * count(*) + avg(bill) * sum(marked)");

    private static SparkSession spark;

    /** Two questions whose answers an attacker subtracts. */
    enum Differencing {
        BY_ONE_PERSON("village = 'A'", "village = 'A' AND age < 83"),
        BY_COMPLEMENT("village IN ('A', 'B')", "(village = 'A' AND NOT age = 83) OR village = 'B'"),
        TRACKER("sex = 'M'", "sex = 'M' OR (village = 'A' AND age = 83 AND sex = 'F')"),
        BY_AN_UNLIKELY_RANGE("age >= 0", "age BETWEEN 0 AND 82");

        private final String whole;
        private final String without;

        Differencing(String whole, String without) {
            this.whole = whole;
            this.without = without;
        }
    }

    @BeforeAll
    static void start() {
        spark = ExitFixture.session(2);
    }

    @ParameterizedTest
    @EnumSource
    void differencing_guarded_tellsNothing(Differencing attack) {
        for (boolean flu : new boolean[] {false, true}) {
            ExitFixture exit = exit(flu, 0);
            assertThat(count(exit, "dev-1", attack.whole) - count(exit, "dev-1", attack.without))
                    .as("target has the flu: %s", flu)
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void differencing_engineWithoutMemory_isCaught(Differencing attack) {
        assertThat(forgetfulDifference(attack, false)).isZero();
        assertThat(forgetfulDifference(attack, true)).isNotZero();
    }

    private static long forgetfulDifference(Differencing attack, boolean flu) {
        ExitFixture exit = exit(flu, 0);
        long whole = count(exit, "dev-1", attack.whole);
        exit.guard = new MemoryGuard();
        return whole - count(exit, "dev-1", attack.without);
    }

    @Test
    void colludingDevelopers_oneMemoryForAll_tellNothing() {
        for (boolean flu : new boolean[] {false, true}) {
            ExitFixture exit = exit(flu, 0);
            assertThat(count(exit, "dev-1", "village = 'A'") - count(exit, "dev-2", "village = 'A' AND age <> 83"))
                    .isZero();
        }
    }

    @Test
    void colludingDevelopers_memoryOfEachAlone_isCaught() {
        ExitFixture exit = exit(true, 0);
        long first = count(exit, "dev-1", "village = 'A'");
        exit.guard = new MemoryGuard();
        assertThat(first - count(exit, "dev-2", "village = 'A' AND age <> 83")).isNotZero();
    }

    @Test
    void versions_fewPersonsMore_answeredAsBefore() {
        ExitFixture exit = exit(true, 0);
        long before = count(exit, "dev-1", "village = 'A'");
        exit.tables.put("clinic", Clinic.table(spark, true, 1));
        assertThat(version(exit, 1)).isEqualTo(before);
        exit.guard = new MemoryGuard();
        assertThat(version(exit, 1)).isNotEqualTo(before);
    }

    @Test
    void versions_manyPersonsMore_answeredAfresh() {
        ExitFixture exit = exit(true, 0);
        long before = count(exit, "dev-1", "village = 'A'");
        exit.tables.put("clinic", Clinic.table(spark, true, 40));
        assertThat(version(exit, 1)).isBetween(before + 30, before + 50);
    }

    @Test
    void sameSet_otherWords_sameAnswer() {
        ExitFixture exit = exit(true, 0);
        long answer = count(exit, "dev-1", "village = 'B'");
        assertThat(count(exit, "dev-2", "NOT village <> 'B' AND age < 500")).isEqualTo(answer);
        exit.guard = new MemoryGuard();
        assertThat(count(exit, "dev-2", "village IN ('B')")).isEqualTo(answer);
    }

    @Test
    void existence_groupOfTheTargetAlone_looksEmptyOrNot() {
        for (String query : EXISTENCE) {
            assertThat(view(Clinic.RULES, query, true)).isEqualTo(view(Clinic.RULES, query, false));
        }
    }

    /** Groups of one person show: with that person's group the view changes, and so does the person's answer. */
    @Test
    void existence_engineWithoutThreshold_isCaught() {
        ProtectionRules weak = new ProtectionRules(1, 10, 5, 3, 0, 1000, "policy-1");
        for (String query : EXISTENCE) {
            assertThat(view(weak, query, true)).as(query).isNotEqualTo(view(weak, query, false));
        }
    }

    /** Everything that the developer gets to see. */
    private static String view(ProtectionRules rules, String sql, boolean flu) {
        ExitFixture.Outcome outcome = exit(flu, 0).run(Clinic.grant(rules, "dev-1", 0), sql);
        return outcome.text("table.json")
                + Json.write(outcome.result().report().orElseThrow().toJson());
    }

    @Test
    void dominance_secondLargestPayer_getsNoSum() {
        String sql = "SELECT village, sum(bill) FROM clinic GROUP BY village ORDER BY village";
        ExitFixture.Outcome guarded = exit(true, 0).run(Clinic.grant(Clinic.RULES, "dev-1", 0), sql);
        assertThat(guarded.rows().get(3)).containsExactly("D", "-");
        // The rest is 4.9 % of the largest bill: safe by a rule of 1 %, and the second largest payer knows the largest.
        ProtectionRules weak = new ProtectionRules(10, 1, 5, 3, 2, 1000, "policy-1");
        ExitFixture.Outcome weakened = exit(true, 0).run(Clinic.grant(weak, "dev-1", 0), sql);
        assertThat(weakened.rows().get(3).get(1)).isInstanceOf(Long.class);
    }

    @Test
    void vectorWithASingleOne_sumsAndMeans_areSuppressed() {
        String sql = "SELECT sum(marked), avg(marked) FROM clinic WHERE village = 'A'";
        assertThat(exit(true, 0)
                        .run(Clinic.grant(Clinic.RULES, "dev-1", 0), sql)
                        .rows())
                .containsExactly(List.of("-", "-"));
        ProtectionRules weak = new ProtectionRules(1, 1, 1, 1, 0, 1000, "policy-1");
        assertThat(exit(true, 0)
                        .run(Clinic.grant(weak, "dev-1", 0), "SELECT count(*) FROM clinic WHERE age = 83")
                        .rows()
                        .get(0)
                        .get(0))
                .isInstanceOf(Long.class);
    }

    @Test
    void covariance_productsOfColumns_areRefusedBeforeDataIsRead() {
        for (String product : PRODUCTS) {
            ExitFixture exit = exit(true, 0);
            exit.tables.clear();
            ExitFixture.Outcome outcome =
                    exit.run(Clinic.grant(Clinic.RULES, "dev-1", 0), "SELECT " + product + " FROM clinic");
            assertThat(outcome.blockingRules())
                    .as(product)
                    .isNotEmpty()
                    .isSubsetOf("aggregate-form", "function-not-allowed");
        }
    }

    /** Without the plan policy the same words give the bill of the one marked person, in groups as large as all. */
    @Test
    void covariance_engineWithoutPolicy_isCaught() {
        SparkSession open = SharedSession.spark().newSession();
        Clinic.table(open, true, 0).createOrReplaceTempView("clinic");
        for (String product : PRODUCTS) {
            assertThat(((Number) open.sql("SELECT " + product + " FROM clinic")
                                    .head()
                                    .get(0))
                            .doubleValue())
                    .as(product)
                    .isCloseTo(500, within(1e-3));
        }
    }

    private static ExitFixture exit(boolean flu, int extra) {
        ExitFixture exit = new ExitFixture(spark);
        exit.tables.put("clinic", Clinic.table(spark, flu, extra));
        return exit;
    }

    private static long count(ExitFixture exit, String developer, String condition) {
        return (Long) exit.run(Clinic.grant(Clinic.RULES, developer, 0), FLU + "(" + condition + ")")
                .rows()
                .get(0)
                .get(0);
    }

    private static long version(ExitFixture exit, long version) {
        return (Long) exit.run(Clinic.grant(Clinic.RULES, "dev-1", version), FLU + "village = 'A'")
                .rows()
                .get(0)
                .get(0);
    }
}
