package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.json.Json;
import io.yunyu.engine.privacy.GaussianThreshold;
import io.yunyu.engine.privacy.PartitionSelection;
import io.yunyu.engine.privacy.ZeroConcentrated;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a differentially private answer costs and how exact it is. All of it follows from query and agreement, so that it
 * may be told before and after: the cost, each number's standard deviation and 95 % interval, and from how many units on
 * a cell is likely to show.
 */
final class PrivacyReports {
    private static final double CONFIDENCE = 0.95;
    /** At which costs are also given as epsilon. */
    private static final double DELTA = 1e-6;

    private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_UP);
    private static final int[] EXAMPLES = {100, 1000};

    private PrivacyReports() {}

    static DisclosureReport passed(NoisePlan plan) {
        return new DisclosureReport(0, 0, protection(plan), List.of());
    }

    static DisclosureReport noisy(NoisePlan plan, ProtectedCells cells) {
        return new DisclosureReport(cells.cells(), cells.suppressedCells(), protection(plan), List.of());
    }

    static DisclosureFinding finding(NoisePlan.Result.Refused refused, String agreement) {
        return new DisclosureFinding(
                refused.rule(),
                refused.column(),
                Optional.empty(),
                "privacy clause, agreement " + agreement,
                refused.advice(),
                true);
    }

    private static Map<String, Object> protection(NoisePlan plan) {
        PrivacyClause clause = plan.clause();
        double rho = (double) clause.queryRhoMicros() / PrivacyClause.RHO;
        Map<String, Object> applied = new LinkedHashMap<>();
        applied.put("method", "differential-privacy");
        applied.put("policyVersion", plan.cells().query().grant().protection().policyVersion());
        applied.put("rhoMicros", clause.queryRhoMicros());
        applied.put("deltaPicos", plan.deltaPicos());
        applied.put("epsilon", number(ZeroConcentrated.epsilon(rho, DELTA)));
        applied.put("epsilonAtDelta", BigDecimal.valueOf(DELTA));
        applied.put("l0", plan.l0());
        applied.put("linf", clause.linf());
        applied.put("minUnits", plan.cells().query().grant().protection().minUnits());
        applied.put(
                "numbers",
                Stream.concat(
                                plan.figures().stream().map(f -> number(plan, f)),
                                plan.quantiles().stream().map(q -> quantile(plan, q)))
                        .toList());
        plan.selection().ifPresent(s -> applied.put("keySelection", selection(plan, s)));
        return applied;
    }

    private static Map<String, Object> number(NoisePlan plan, Figure figure) {
        if (figure.measure() >= 0
                && plan.cells().measures().get(figure.measure()).squared()) {
            return variance(plan, figure);
        }
        boolean mean = figure.kind() == Figure.Kind.CENTRED;
        double sigma = figure.noise().sigma() / figure.unitsOfOne();
        Map<String, Object> atCounts = new LinkedHashMap<>();
        for (int records : EXAMPLES) {
            atCounts.put(
                    String.valueOf(records),
                    number(figure.noise().halfWidth(CONFIDENCE) / figure.unitsOfOne() / records));
        }
        return Json.object(
                "number",
                mean ? "mean" : figure.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "column",
                figure.measure() < 0
                        ? null
                        : plan.cells().measures().get(figure.measure()).name(),
                "rhoMicros",
                figure.rhoMicros(),
                "sigma",
                mean ? null : number(sigma),
                "interval95",
                mean ? null : number(figure.noise().halfWidth(CONFIDENCE) / figure.unitsOfOne()),
                "interval95AtRecords",
                mean ? atCounts : null);
    }

    /** Of the squares; count and mean, which the variance needs too, are numbers of their own. */
    private static Map<String, Object> variance(NoisePlan plan, Figure squares) {
        int base = plan.cells().baseOf(squares.measure());
        PrivateSpread spread = new PrivateSpread(plan.bounds().get(base).orElseThrow());
        Map<String, Object> atCounts = new LinkedHashMap<>();
        for (int records : EXAMPLES) {
            atCounts.put(
                    String.valueOf(records),
                    number(spread.within(
                            CONFIDENCE,
                            records,
                            plan.figures()
                                    .get(plan.position(Figure.Kind.NON_MISSING, base))
                                    .noise(),
                            plan.figures()
                                    .get(plan.position(Figure.Kind.CENTRED, base))
                                    .noise(),
                            squares.noise())));
        }
        return Json.object(
                "number",
                "variance",
                "column",
                plan.cells().measures().get(base).name(),
                "rhoMicros",
                squares.rhoMicros(),
                "interval95AtRecords",
                atCounts);
    }

    /** The chosen value is a point of the grid; off by how many records, whatever these are. */
    private static Map<String, Object> quantile(NoisePlan plan, Quantile quantile) {
        int decimals = plan.bounds().get(quantile.measure()).orElseThrow().decimals();
        return Json.object(
                "number",
                "quantile",
                "column",
                plan.cells().measures().get(quantile.measure()).name(),
                "rhoMicros",
                quantile.rhoMicros(),
                "share",
                quantile.share(),
                "records95",
                number(quantile.recordsWithin(CONFIDENCE)),
                "from",
                BigDecimal.valueOf(quantile.grid().first(), decimals),
                "step",
                BigDecimal.valueOf(quantile.grid().step(), decimals),
                "points",
                (long) quantile.grid().points());
    }

    private static Map<String, Object> selection(NoisePlan plan, PartitionSelection selection) {
        long below = plan.cells().query().grant().protection().minUnits() - 1L;
        return Json.object(
                "rule",
                selection instanceof GaussianThreshold ? "gaussian-threshold" : "truncated-geometric",
                "rhoMicros",
                plan.selectionRhoMicros(),
                "shownFromUnits",
                below + selection.evenChanceUnits());
    }

    private static BigDecimal number(double value) {
        return new BigDecimal(value).round(DIGITS);
    }
}
