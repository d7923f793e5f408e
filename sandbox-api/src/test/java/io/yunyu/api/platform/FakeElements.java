package io.yunyu.api.platform;

import io.yunyu.api.engine.EngineRun;
import io.yunyu.api.engine.RunOutcome;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Data elements by scripted engines, and the way of people with them. */
public final class FakeElements {
    private FakeElements() {}

    /** A candidate of two records, with a report. */
    static RunOutcome anonymized(EngineJob.AnonymizeJob job) {
        if (job.request().contains("unsolvable")) {
            return FakeEngines.refused(job.request().contains("before") ? "role-too-weak" : "no-element");
        }
        String report = "{\"rows\":100,\"suppressedRecords\":2,\"equivalenceClasses\":{\"count\":4,\"minSize\":12},"
                + "\"risk\":{\"prosecutor\":{\"highest\":0.083333,\"successRate\":0.04}},\"transformation\":{\"age\":1},"
                + "\"quality\":{\"granularity\":0.5,\"attributes\":[{\"attribute\":\"age\",\"granularity\":0.5,"
                + "\"presentCells\":0.98}]}}";
        if (job.request().contains("regions")) {
            // As Mondrian's, where no attribute has one level.
            report = report.replace("{\"age\":1}", "null");
        }
        Map<String, byte[]> files = new HashMap<>(Map.of(
                "table.csv",
                utf8("area,age\r\n昆明,20-39\r\n昆明,40-59\r\n"),
                "table.json",
                utf8("{\"columns\":[{\"name\":\"area\",\"type\":\"STRING\"},{\"name\":\"age\","
                        + "\"type\":\"STRING\"}],\"rows\":[[\"昆明\",\"20-39\"],[\"昆明\",\"40-59\"]],"
                        + "\"suppressed\":[]}"),
                "table.anonymization",
                utf8(report),
                "table.html",
                utf8("<!DOCTYPE html><p>report</p>")));
        if (job.request().contains("\"private\"")) {
            files.put("table.anonymization", utf8(report.replace("\"suppressedRecords\":2", "\"mechanism\":\"m\"")));
            files.remove("table.html");
        }
        return FakeEngines.sealed(job.jobId(), job.request(), job.grant(), job.reviewKey(), files);
    }

    /** Loads what is mounted: its digest is that of the file. */
    static RunOutcome ingested(EngineJob.IngestJob job, List<EngineRun.Mount> mounts) {
        EngineRun.Mount batch = mounts.stream()
                .filter(mount -> mount.target().equals("/source/batch"))
                .findFirst()
                .orElseThrow();
        try {
            return FakeEngines.ingested(job, ContentDigest.of(Files.readAllBytes(batch.source())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An agreement in force on elements of a dataset with the columns of {@link Platform#order}. */
    public static String agree(Platform platform, String dataset, ElementTerms.Policy policy) {
        return platform.agree(terms(platform, Platform.DEVELOPER, "developer", dataset, policy), "developer");
    }

    public static Agreement terms(
            Platform platform, String developer, String person, String dataset, ElementTerms.Policy policy) {
        Agreement plain = platform.agreement(developer, person, dataset);
        Permission permission = new Permission(
                dataset,
                Map.of(),
                Optional.of(new ElementTerms(
                        policy,
                        Map.of("area", AttributeRole.QUASI_IDENTIFIER, "age", AttributeRole.QUASI_IDENTIFIER))));
        return new Agreement(
                plain.uid(),
                plain.assigner(),
                plain.assignee(),
                plain.assignerKey(),
                plain.assigneeKey(),
                plain.purpose(),
                plain.validFrom(),
                plain.validUntil(),
                plain.minUnits(),
                List.of(permission));
    }

    /**
     * @param note anything; {@code unsolvable} makes the scripted engine find nothing, {@code regions} no levels, {@code
     *     private} no charts and no exact figures
     */
    public static Answer submit(Platform platform, String agreement, String dataset, String note) {
        Map<String, Object> spec = Json.object(
                "attributes",
                List.of(
                        Json.object("name", "area", "role", "QUASI_IDENTIFIER"),
                        Json.object("name", "age", "role", "QUASI_IDENTIFIER", "note", note)));
        return platform.post(
                "developer",
                "/api/v1/jobs",
                Json.object(
                        "agreementId",
                        agreement,
                        "kind",
                        "anonymize",
                        "request",
                        Json.write(Json.object("dataset", dataset, "spec", spec))));
    }

    /** @return id of the release of an element that was made, approved and released */
    public static String released(Platform platform, String dataset, ElementTerms.Policy policy) {
        String agreement = agree(platform, dataset, policy);
        String job = Platform.require(202, submit(platform, agreement, dataset, ""))
                .json()
                .string("id");
        platform.awaitJob(job, "IN_REVIEW");
        Platform.require(
                200,
                platform.post(
                        "reviewer",
                        "/api/v1/reviews/" + job + "/decision",
                        Json.object("decision", "approve", "reason", "")));
        platform.awaitJob(job, "RELEASED");
        return platform.get("developer", "/api/v1/jobs/" + job).json().string("releaseId");
    }

    /** The order that loads an element as it was released. */
    public static IngestOrder order(Platform platform, String release, String dataset) {
        JsonObject element =
                platform.get("steward", "/api/v1/elements/" + release).json();
        return new IngestOrder(
                dataset,
                "就诊要素",
                "Visits element",
                element.string("provider"),
                platform.key("steward").verificationKey().toString(),
                dataset,
                "@row",
                "CONDITIONAL",
                "ELEMENT",
                LocalDate.of(2026, 11, 20),
                true,
                element.bool("allowSyntheticRegions"),
                new Source.Csv(element.string("file"), ","),
                element.objects("attributes").stream().map(AttributeSpec::parse).toList());
    }

    /** Makes an element of a dataset and loads it as another. */
    public static void load(Platform platform, String source, String dataset) {
        String release = released(platform, source, ElementTerms.Policy.CONTROLLED);
        awaitIngest(platform, order(platform, release, dataset), "DONE");
    }

    /** @return the ingest, once it is in the state */
    public static JsonObject awaitIngest(Platform platform, IngestOrder order, String state) {
        String id =
                Platform.require(202, platform.ingest("steward", order)).json().string("id");
        String path = "/api/v1/ingests/" + id;
        Platform.await(
                "ingest to be " + state,
                () -> platform.get("steward", path).json().string("state").equals(state));
        return platform.get("steward", path).json();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
