package io.yunyu.cli.command;

import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.EngineLauncher;
import io.yunyu.launcher.EngineListener;
import io.yunyu.launcher.EngineProcess;
import io.yunyu.launcher.EngineSpec;
import io.yunyu.launcher.LauncherMode;
import io.yunyu.launcher.VaultPort;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Checks a query against a grant in a sandboxed engine on this machine, with no table and no key. */
final class LocalCheck {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private LocalCheck() {}

    static JsonObject run(String sql, String grant) {
        EngineSpec spec = EngineFiles.spec(EngineFiles.root(), List.of());
        try (EngineLauncher launcher = EngineLauncher.open(LauncherMode.EMBEDDED);
                EngineProcess engine = launcher.start(spec)) {
            EngineResult result = engine.run(
                            new EngineJob.CheckJob("check", sql, grant), VaultPort.none(), EngineListener.none(), LIMIT)
                    .result();
            if (result.report().isEmpty()) {
                throw new ProblemException(result.problem().orElseThrow());
            }
            return verdict(result.problem(), result.report().get());
        }
    }

    private static JsonObject verdict(Optional<Problem> problem, DisclosureReport report) {
        return JsonObject.of(Json.object(
                "verdict",
                report.refused() ? "refused" : "pass",
                "problem",
                problem.map(p -> Json.object(
                                "code", p.code().name(),
                                "detail", p.detail(),
                                "certificate",
                                        report.certificate()
                                                .map(RefusalCertificate::toJson)
                                                .orElse(null)))
                        .orElse(null),
                "findings",
                report.findings().stream().map(DisclosureFinding::toJson).toList()));
    }
}
