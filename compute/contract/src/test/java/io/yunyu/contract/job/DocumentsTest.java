package io.yunyu.contract.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    private static AttributeSpec attribute(String name) {
        return new AttributeSpec(
                name, "DECIMAL(12,2)", AttributeRole.SENSITIVE, 4, Optional.empty(), true, "费用", "fee");
    }

    private static IngestOrder order(Source source) {
        return new IngestOrder(
                "visits",
                "门诊",
                "Visits",
                "p",
                "ed25519:k",
                "person",
                "id_no",
                "CONDITIONAL",
                "ORIGINAL",
                LocalDate.of(2026, 10, 31),
                true,
                false,
                source,
                List.of(attribute("fee")));
    }

    @Test
    void ingestOrder_eachSource_survivesItsText() {
        for (Source source : List.of(
                new Source.Csv("a.csv", ";"),
                new Source.Parquet("a.parquet"),
                new Source.JsonLines("a.jsonl"),
                new Source.Jdbc("db", 5432, "d", "t", "u", "2026-10"))) {
            assertThat(IngestOrder.parse(order(source).toText())).isEqualTo(order(source));
        }
    }

    @Test
    void engineJob_eachKind_survivesItsJson() {
        EngineJob ingest =
                new EngineJob.IngestJob("j", "o", new Signature("k", "v"), "/s", "/t", Optional.of("secret"));
        EngineJob sql = new EngineJob.SqlJob(
                "j", "SELECT 1", "a", List.of(new Signature("k", "v")), "g", Map.of("d", "/data/d"), "hpke:x", 9);
        EngineJob check = new EngineJob.CheckJob("j", "SELECT 1", "g");
        for (EngineJob job : List.of(ingest, sql, check)) {
            assertThat(EngineJob.parse(Json.parseObject(Json.bytes(job.toJson()))))
                    .isEqualTo(job);
        }
        assertThat(ingest.toString()).doesNotContain("secret");
    }

    @Test
    void engineResult_full_survivesItsJson() {
        DisclosureReport report = new DisclosureReport(
                41,
                2,
                Map.of("minUnits", 10L),
                List.of(new DisclosureFinding(
                        "min-units", Optional.empty(), Optional.of(2L), "a-1", "Merge age bands.", false)));
        IngestReport ingest =
                new IngestReport(1, "sha256:0", false, 10, 9, Map.of("CHECKSUM id_no", 1L), List.of(attribute("fee")));
        EngineResult result = new EngineResult(
                EngineResult.Status.DONE,
                Optional.of(new Problem(ProblemCode.TIMEOUT, "d")),
                Optional.of(report),
                Optional.of(ingest),
                Optional.of("sha256:1"));
        assertThat(EngineResult.parse(Json.parseObject(Json.bytes(result.toJson()))))
                .isEqualTo(result);
    }

    @Test
    void approval_refusalWithoutReason_refused() {
        assertThatThrownBy(() -> new Approval("j", "c", "r", "p", "REFUSE", " ", "x", "o", Instant.EPOCH))
                .isInstanceOf(JsonException.class);
        Approval approval = new Approval("j", "c", "r", "p", "APPROVE", "", "x", "o", Instant.EPOCH);
        assertThat(Approval.parse(approval.toText())).isEqualTo(approval);
    }

    @ParameterizedTest
    @ValueSource(strings = {"__unit", "a;b", "", "a\"b", "1a", "a\n"})
    void attribute_nameThatCouldDoHarm_refused(String name) {
        assertThatThrownBy(() -> attribute(name)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Visits", "a b", "../x", "", "1a", "a.b"})
    void ingestOrder_datasetIdThatCouldBeAPath_refused(String dataset) {
        assertThatThrownBy(() -> IngestOrder.parse(
                        order(new Source.Parquet("f")).toText().replace("\"visits\"", "\"" + dataset + "\"")))
                .isInstanceOf(JsonException.class);
    }
}
