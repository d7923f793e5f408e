package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.engine.guard.ReleaseGuard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Disclosure reports of the aggregate exit: rules, columns and numbers of cells. */
final class Reports {
    private static final String CLAUSE = "rule set ";

    private final AccessGrant grant;

    Reports(AccessGrant grant) {
        this.grant = grant;
    }

    DisclosureReport passed() {
        return new DisclosureReport(0, 0, protection(), List.of());
    }

    /** @param partitions earlier outputs that divided the same units */
    DisclosureReport protectedCells(ProtectedCells cells, int partitions) {
        List<DisclosureFinding> findings = new ArrayList<>();
        cells.cellsByRule().forEach((rule, n) -> findings.add(finding(rule, n, advice(rule), false)));
        if (partitions >= ReleaseGuard.MOST_PARTITIONS) {
            findings.add(finding(
                    "averaging-alarm",
                    null,
                    "Many earlier outputs divided the same units in other ways: sums over them average the noise away."
                            + " Ask the developer what the many partitions are for.",
                    false));
        }
        return new DisclosureReport(cells.cells(), cells.suppressedCells(), protection(), findings);
    }

    /**
     * A planned publication. By which rules cells are withheld is told to the reviewer alone: beside the table it would
     * say how many of the withheld cells are small.
     */
    DisclosureReport planned(ProtectedCells cells, boolean optimal, int emptyDemands) {
        List<DisclosureFinding> findings = new ArrayList<>();
        if (cells.suppressedCells() > 0) {
            findings.add(finding(
                    "suppression",
                    cells.suppressedCells(),
                    "Cells are withheld that are of few units or dominated by one, or so that nobody computes those"
                            + " from others. Group more coarsely for fewer of them.",
                    false));
        }
        if (emptyDemands > 0) {
            findings.add(finding(
                    DemandedCells.EMPTY,
                    (long) emptyDemands,
                    "Cells that 'publish' names have no records and so are not in the table. Compare their labels with"
                            + " the table's.",
                    false));
        }
        Map<String, Object> applied = new LinkedHashMap<>();
        applied.put("minUnits", grant.protection().minUnits());
        applied.put("pPercent", grant.protection().pPercent());
        applied.put("policyVersion", grant.protection().policyVersion());
        applied.put("method", "planned publication: primary rules, secondary suppression, exact values");
        applied.put("optimal", optimal);
        return new DisclosureReport(cells.cells(), cells.suppressedCells(), applied, findings);
    }

    private EngineResult refused(String rule, String advice, RefusalCertificate certificate) {
        return refused(List.of(finding(rule, null, advice, true)), certificate);
    }

    /** Exact tables of the family are out, and noise does not go with them. */
    EngineResult plannedFamily(RefusalCertificate certificate) {
        return refused(
                PlannedFamily.PLANNED,
                "This dataset family has a planned publication, whose exact values would take the protection from noisy"
                        + " answers. Ask under an agreement with a privacy clause: such answers pass.",
                certificate);
    }

    /** The agreement is for planned publications. */
    EngineResult plannedOnly(RefusalCertificate certificate) {
        return refused(
                "planned-only",
                "The agreement is for planned publications, which a job names by number. Ask other questions under another"
                        + " agreement.",
                certificate);
    }

    EngineResult tooManyCells(RefusalCertificate certificate) {
        return refused(
                "too-many-cells",
                "The query has more than " + grant.protection().maxCells()
                        + " cells. Group by fewer or coarser columns, or filter in WHERE.",
                certificate);
    }

    EngineResult tooManyWithheld(RefusalCertificate certificate) {
        return refused(
                "guard-limit",
                "Too many values of this developer's queries were withheld by the differencing guard in the last "
                        + GuardedOutput.DAYS + " days. Wait, or ask the provider what is needed.",
                certificate);
    }

    EngineResult outputTooLarge(long maxBytes, RefusalCertificate certificate) {
        return refused(
                "output-too-large",
                "The sealed result exceeds " + maxBytes + " bytes. Select fewer columns, or add HAVING or LIMIT.",
                certificate);
    }

    EngineResult refused(List<DisclosureFinding> findings, RefusalCertificate certificate) {
        String rules = findings.stream()
                .map(f -> f.rule() + f.column().map(c -> " (" + c + ")").orElse(""))
                .collect(Collectors.joining(", "));
        Problem problem = new Problem(
                ProblemCode.QUERY_REFUSED,
                "The query was refused by " + findings.size() + (findings.size() == 1 ? " rule: " : " rules: ") + rules
                        + ". Each finding names the change that would pass.");
        return new EngineResult(
                EngineResult.Status.REFUSED,
                Optional.of(problem),
                Optional.of(new DisclosureReport(0, 0, protection(), findings, Optional.of(certificate))),
                Optional.empty(),
                Optional.empty());
    }

    static EngineResult done(DisclosureReport report, Optional<String> candidateDigest) {
        return new EngineResult(
                EngineResult.Status.DONE, Optional.empty(), Optional.of(report), Optional.empty(), candidateDigest);
    }

    private DisclosureFinding finding(
            String rule, @org.jspecify.annotations.Nullable Long cells, String advice, boolean blocking) {
        return new DisclosureFinding(
                rule,
                Optional.empty(),
                Optional.ofNullable(cells),
                CLAUSE + grant.protection().policyVersion() + ", agreement " + grant.agreement(),
                advice,
                blocking);
    }

    private String advice(String rule) {
        return switch (rule) {
            case "min-units" ->
                "Cells of fewer than " + grant.protection().minUnits()
                        + " units, or of none, are suppressed or left out. Group more coarsely or filter less.";
            case "min-contributors" ->
                "Values to which fewer than " + grant.protection().minUnits()
                        + " units contribute, or none does, are suppressed. Group more coarsely.";
            case "p-percent" ->
                "Values that one unit dominates are suppressed (p = "
                        + grant.protection().pPercent() + "). Group more coarsely.";
            case ReleaseGuard.EXPOSURE ->
                "Values are withheld that would, with all that was published before, tell too much of single units."
                        + " Use groupings that were published already, or larger groups.";
            case "uncertain-spread" ->
                "A variance of fewer than 11 units, or one that the noise of its sums exceeds, is suppressed."
                        + " Group more coarsely.";
            default -> "Sums beyond the range of their type are suppressed. Group more finely.";
        };
    }

    private Map<String, Object> protection() {
        Map<String, Object> applied = new LinkedHashMap<>(grant.protection().toJson());
        applied.put("method", "threshold, dominance, cell-key noise, differencing guard");
        return applied;
    }
}
