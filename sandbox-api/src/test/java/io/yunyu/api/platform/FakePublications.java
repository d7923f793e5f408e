package io.yunyu.api.platform;

import io.yunyu.api.engine.RunOutcome;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Publication;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Planned publications by scripted engines. */
public final class FakePublications {
    private static final DisclosureFinding SUPPRESSION = new DisclosureFinding(
            "suppression", Optional.empty(), Optional.of(2L), "rule set test", "Group more coarsely.", false);

    private FakePublications() {}

    /** Two cells of four are withheld, one of them by a rule; the facts say which. */
    static RunOutcome published(EngineJob.PublicationJob job) {
        String sql = Agreement.parse(job.agreement())
                .publications()
                .get(job.publication() - 1)
                .sql();
        Map<String, byte[]> files = Map.of(
                "table.csv",
                utf8("area,n\n昆明,1203\n怒江,\n楚雄,\n,1313\n"),
                "table.json",
                utf8("{\"columns\":[{\"label\":true,\"name\":\"area\",\"type\":\"STRING\"},{\"name\":\"n\","
                        + "\"type\":\"LONG\"}],\"rows\":[[\"昆明\",1203],[\"怒江\",null],[\"楚雄\",null],[null,1313]],"
                        + "\"suppressed\":[[1,1],[2,1]]}"));
        DisclosureReport report = new DisclosureReport(
                4,
                2,
                Map.of(
                        "minUnits",
                        10L,
                        "policyVersion",
                        "yunnan-2024/1",
                        "method",
                        "planned publication: primary rules, secondary suppression, exact values"),
                List.of(SUPPRESSION));
        ReviewFacts facts = new ReviewFacts(
                job.jobId(),
                List.of(ReviewFacts.ColumnNoise.of("label"), ReviewFacts.ColumnNoise.of("rows")),
                List.of(
                        List.of("label", "exact"),
                        List.of("label", "min-units"),
                        List.of("label", "secondary"),
                        List.of("label", "exact")),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(new ReviewFacts.Suppression(1, 1, true, ReviewFacts.RatioBand.ONE)));
        RunOutcome alone = FakeEngines.sealed(job.jobId(), sql, job.grant(), job.reviewKey(), files, report);
        return FakeEngines.withFacts(alone, job.jobId(), job.reviewKey(), facts);
    }

    /** Refused for what is in the records: no change is proposed. */
    public static RunOutcome refused(String rule) {
        DisclosureFinding finding = new DisclosureFinding(
                rule, Optional.empty(), Optional.empty(), "rule set test", "Group more coarsely.", true);
        RefusalCertificate certificate = new RefusalCertificate(RefusalCertificate.Basis.DATA, 0, Optional.empty());
        return new RunOutcome(
                new EngineResult(
                        EngineResult.Status.REFUSED,
                        Optional.of(new Problem(ProblemCode.QUERY_REFUSED, "The query was refused: " + rule + ".")),
                        Optional.of(new DisclosureReport(0, 0, Map.of(), List.of(finding), Optional.of(certificate))),
                        Optional.empty(),
                        Optional.empty()),
                new byte[0],
                "test");
    }

    /** The agreement of the usual people, for planned publications. */
    public static Agreement terms(Platform platform, Publication... publications) {
        return platform.agreement(Platform.DEVELOPER, "developer", "visits").withPublications(List.of(publications));
    }

    public static Publication publication(String sql) {
        return new Publication(sql, Publication.Cost.CELLS, List.of());
    }

    /** @param number whatever JSON holds; nothing if null */
    public static Answer submit(Platform platform, String person, String agreement, @Nullable Object number) {
        return platform.post(
                person,
                "/api/v1/jobs",
                Json.object("agreementId", agreement, "kind", "publication", "publication", number));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
