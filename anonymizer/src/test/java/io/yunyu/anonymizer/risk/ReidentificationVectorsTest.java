package io.yunyu.anonymizer.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every figure of the vectors on given class sizes. */
class ReidentificationVectorsTest {
    private JsonObject vectors = JsonObject.of(Json.object());

    @BeforeEach
    void read() throws IOException {
        Path file = Path.of(System.getProperty("yunyu.shared", "absent"), "vectors", "reid_risk.json");
        Assumptions.assumeTrue(Files.exists(file), "The vectors are not there; set yunyu.shared to use them.");
        vectors = Json.parseObject(Files.readAllBytes(file));
    }

    @Test
    void ofSizes_vectors_giveTheRisksOfEachAttacker() {
        RiskReport risk = RiskReport.ofSizes(
                sizes(vectors, "sample_class_sizes"), sizes(vectors, "population_class_sizes"), number(vectors, "tau"));

        JsonObject prosecutor = vectors.object("prosecutor");
        same(risk.prosecutor().recordsAtRisk(), prosecutor, "Ra_share_over_tau");
        same(risk.prosecutor().highest(), prosecutor, "Rb_max");
        same(risk.prosecutor().successRate(), prosecutor, "Rc_avg");
        JsonObject journalist = vectors.object("journalist");
        same(risk.journalist().recordsAtRisk(), journalist, "Ra_share_over_tau");
        same(risk.journalist().highest(), journalist, "Rb_max");
        same(risk.journalist().successRate(), journalist, "Rc");
        same(risk.marketerSuccessRate(), vectors.object("marketer"), "jRm_sum_fj_over_Fj_div_n");
        same(risk.prosecutor().successRate(), vectors.object("marketer"), "pRm_J_over_n");
    }

    @Test
    void verdict_vectors_giveStrictAverageAndShareBelowElevenPeople() {
        long[] sizes = sizes(vectors, "sample_class_sizes");

        ReleasePolicy.Verdict verdict = ReleasePolicy.CONTROLLED.verdict(sizes);

        JsonObject strict = vectors.object("strict_average");
        same(verdict.averageRiskOverMembers(), strict, "avg");
        assertThat(verdict.strictAverageMet()).isEqualTo(strict.bool("pass_0_09_k3"));
        assertThat(verdict.met()).isEqualTo(vectors.object("prosecutor_pass").bool("k>=11"));
        same(verdict.shareInSmallerClasses(), vectors.object("prosecutor_pass"), "share_in_classes_below_11");
    }

    @Test
    void assess_casesOfTheScheme_giveTheirRisks() {
        JsonObject scheme = vectors.object("gbt42460_annexD_scheme");
        List<JsonObject> cases = scheme.objects("cases");
        assertThat(cases).hasSize(5);
        for (JsonObject row : cases) {
            ReleaseContext context = new ReleaseContext(
                    ReleaseContext.Environment.valueOf(row.string("env").toUpperCase(Locale.ROOT)),
                    grade(row, "control"),
                    grade(row, "motive_capacity"),
                    grade(row, "breach_control"),
                    row.has("per") ? OptionalDouble.of(number(row, "per")) : OptionalDouble.empty(),
                    row.has("m") ? row.intValue("m") : 0);
            long[] sizes = sizes(row, "sizes");

            ReleaseContext.Assessment assessment = context.assess(sizes);

            same(1.0 / context.environment().smallestClass(), row, "threshold");
            same(assessment.attemptProbability(), row, "pr_environment");
            same(assessment.highestRisk(), row, "max");
            same(assessment.averageRiskOverClasses(), row, "avg_over_classes");
            same(ReleasePolicy.PUBLIC.verdict(sizes).averageRiskOverClasses(), row, "avg_over_classes");
            same(ReleasePolicy.PUBLIC.verdict(sizes).averageRiskOverMembers(), row, "avg_over_records");
            same(assessment.classesBelowThreshold(), row, "gate_share");
            same(assessment.overallRisk(), row, "overall");
        }
    }

    @Test
    void attemptProbability_everyGrade_isTheTables() {
        JsonObject table = vectors.object("gbt42460_annexD_scheme").object("pr_environment");
        JsonObject deliberate =
                table.object("internal_deliberate_rows_control_high_medium_low_cols_motive_low_medium_high");
        for (ReleaseContext.Grade control : ReleaseContext.Grade.values()) {
            for (ReleaseContext.Grade motive : ReleaseContext.Grade.values()) {
                for (ReleaseContext.Grade breach : ReleaseContext.Grade.values()) {
                    double expected = Math.max(
                            decimals(deliberate, control.name().toLowerCase(Locale.ROOT))
                                    .get(motive.ordinal()),
                            number(table.object("breach"), breach.name().toLowerCase(Locale.ROOT)));
                    ReleaseContext context = new ReleaseContext(
                            ReleaseContext.Environment.ENCLAVE, control, motive, breach, OptionalDouble.empty(), 0);
                    assertThat(context.attemptProbability()).isEqualTo(expected);
                }
            }
        }
    }

    private static ReleaseContext.Grade grade(JsonObject row, String member) {
        return ReleaseContext.Grade.valueOf(row.string(member).toUpperCase(Locale.ROOT));
    }

    private static long[] sizes(JsonObject object, String member) {
        return object.list(member, item -> (Long) item).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static List<Double> decimals(JsonObject object, String member) {
        return object.list(member, item -> ((Number) item).doubleValue());
    }

    private static double number(JsonObject object, String member) {
        return object.decimal(member).doubleValue();
    }

    private static void same(double ours, JsonObject object, String member) {
        assertThat(ours).as(member).isCloseTo(number(object, member), within(1e-12));
    }
}
