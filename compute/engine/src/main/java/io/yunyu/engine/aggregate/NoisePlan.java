package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.ClampingBounds;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.engine.aggregate.Figure.Kind;
import io.yunyu.engine.aggregate.Figure.Kindred;
import io.yunyu.engine.privacy.DiscreteGaussian;
import io.yunyu.engine.privacy.GaussianThreshold;
import io.yunyu.engine.privacy.PartitionSelection;
import io.yunyu.engine.privacy.QuantileChoice;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the cells of a checked query become differentially private: which numbers get how much noise, and how it is decided
 * which cells show. A function of query and clause alone, so that it can be told before anything runs.
 *
 * <p>Sensitivities are those of adding or removing one privacy unit, which counts in at most l0 cells. The query's rho is
 * divided evenly among the numbers, and what division leaves over is spent without use.
 *
 * @param l0 cells that a unit counts in: the clause's, or less where the query cannot have more
 * @param domains public keys by group key; empty where any key is not public
 * @param bounds by measure; empty for measures that are only counted
 * @param figures what gets noise added
 * @param quantiles what is chosen instead
 * @param selection absent if all keys are public, or there are none
 * @param selectionRhoMicros cost of the selection; 0 where it uses the published number of units
 */
record NoisePlan(
        CellPlan cells,
        PrivacyClause clause,
        int l0,
        List<PublicKeys> domains,
        List<Optional<ClampingBounds>> bounds,
        List<Figure> figures,
        List<Quantile> quantiles,
        Optional<PartitionSelection> selection,
        long selectionRhoMicros) {

    /** The plan, or what keeps the query from having one. */
    sealed interface Result {
        record Planned(NoisePlan plan) implements Result {}

        /**
         * @param column the column concerned
         */
        record Refused(String rule, Optional<String> column, String advice) implements Result {}
    }

    static Result of(CellPlan cells, PrivacyClause clause) {
        List<Optional<ClampingBounds>> bounds = new ArrayList<>();
        for (CellPlan.Measure measure : cells.measures()) {
            Optional<ClampingBounds> found = bounds(measure, clause);
            if (measure.summed() && found.isEmpty()) {
                return new Result.Refused(
                        "bounds-missing",
                        Optional.of(measure.column().name()),
                        "Sums, means, quantiles and spreads need clamping bounds for the column in the agreement's privacy clause."
                                + " Count it, or ask the provider for bounds.");
            }
            bounds.add(found);
        }
        List<PublicKeys> domains;
        try {
            domains = domains(cells, clause);
        } catch (IllegalArgumentException e) {
            return new Result.Refused(
                    "public-keys",
                    Optional.empty(),
                    "Correct the public keys in the agreement's privacy clause: one"
                            + " is no value of its column's type.");
        }
        boolean allPublic = domains.size() == cells.keys().size();
        int maxCells = cells.query().grant().protection().maxCells();
        BigInteger combinations = domains.stream()
                .map(d -> BigInteger.valueOf(d.labels().size()))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        if (allPublic && combinations.compareTo(BigInteger.valueOf(maxCells)) > 0) {
            return new Result.Refused(
                    "too-many-cells",
                    Optional.empty(),
                    "Its public keys have more than " + maxCells + " combinations. Group by fewer columns.");
        }
        int l0 = allPublic ? combinations.min(BigInteger.valueOf(clause.l0())).intValue() : clause.l0();
        return divided(cells, clause, l0, allPublic, domains, bounds);
    }

    private static Result divided(
            CellPlan cells,
            PrivacyClause clause,
            int l0,
            boolean allPublic,
            List<PublicKeys> domains,
            List<Optional<ClampingBounds>> bounds) {
        if (!allPublic && clause.queryDeltaPicos() == 0) {
            return new Result.Refused(
                    "delta-missing",
                    Optional.empty(),
                    "Group by columns with public keys only, or ask the provider for a queryDeltaPicos above 0.");
        }
        Set<Kindred> wanted = wanted(cells);
        boolean unitsShown = wanted.contains(new Kindred(Kind.UNITS, -1));
        Set<Quantile.Wanted> chosen = chosen(cells);
        int shares = wanted.size() + chosen.size() + (allPublic || unitsShown ? 0 : 1);
        long share = clause.queryRhoMicros() / Math.max(1, shares);
        if (share < 1) {
            return new Result.Refused(
                    "budget-too-small",
                    Optional.empty(),
                    "The query has " + shares + " noisy numbers and a budget of " + clause.queryRhoMicros()
                            + " micro-rho. Ask for fewer numbers or spend more.");
        }
        List<Figure> figures =
                wanted.stream().map(w -> figure(w, clause, l0, bounds, share)).toList();
        List<Quantile> quantiles =
                chosen.stream().map(q -> quantile(q, clause, l0, bounds, share)).toList();
        double delta = (double) clause.queryDeltaPicos() / PrivacyClause.DELTA;
        Optional<PartitionSelection> selection = allPublic
                ? Optional.empty()
                : Optional.of(
                        unitsShown
                                ? GaussianThreshold.of(units(figures).noise(), delta, l0)
                                : PartitionSelection.forRho(share, delta, l0));
        return new Result.Planned(new NoisePlan(
                cells,
                clause,
                l0,
                allPublic ? domains : List.of(),
                bounds,
                figures,
                quantiles,
                selection,
                allPublic || unitsShown ? 0 : share));
    }

    private static Set<Kindred> wanted(CellPlan cells) {
        Set<Kindred> wanted = new LinkedHashSet<>();
        for (CellPlan.Value value : cells.values()) {
            switch (value.kind()) {
                case UNITS -> wanted.add(new Kindred(Kind.UNITS, -1));
                case ROWS -> wanted.add(new Kindred(Kind.ROWS, -1));
                case NON_MISSING -> wanted.add(new Kindred(Kind.NON_MISSING, value.measure()));
                case SUM -> wanted.add(new Kindred(Kind.SUM, value.measure()));
                // Chosen, not counted.
                case QUANTILE -> {}
                case VARIANCE, DEVIATION -> {
                    wanted.add(new Kindred(Kind.CENTRED, value.measure()));
                    wanted.add(new Kindred(Kind.NON_MISSING, value.measure()));
                    wanted.add(new Kindred(Kind.SUM, cells.squaresOf(value.measure())));
                }
                case MEAN -> {
                    wanted.add(new Kindred(Kind.CENTRED, value.measure()));
                    wanted.add(new Kindred(Kind.NON_MISSING, value.measure()));
                }
            }
        }
        return wanted;
    }

    private static Set<Quantile.Wanted> chosen(CellPlan cells) {
        Set<Quantile.Wanted> chosen = new LinkedHashSet<>();
        cells.values().stream().filter(v -> v.kind() == CellPlan.Kind.QUANTILE).forEach(v -> chosen.add(v.quantile()));
        return chosen;
    }

    private static Quantile quantile(
            Quantile.Wanted wanted, PrivacyClause clause, int l0, List<Optional<ClampingBounds>> bounds, long share) {
        return new Quantile(
                wanted.measure(),
                wanted.share(),
                QuantileGrid.of(bounds.get(wanted.measure()).orElseThrow()),
                QuantileChoice.forRho(wanted.share(), share, l0, clause.linf() * Quantile.RECORD),
                share);
    }

    private static Figure figure(
            Kindred wanted, PrivacyClause clause, int l0, List<Optional<ClampingBounds>> bounds, long share) {
        BigInteger linf = BigInteger.valueOf(clause.linf());
        BigInteger inOneCell =
                switch (wanted.kind()) {
                    case UNITS -> BigInteger.ONE;
                    case ROWS, NON_MISSING -> linf;
                    case SUM ->
                        linf.multiply(BigInteger.valueOf(
                                bounds.get(wanted.measure()).orElseThrow().largestUnits()));
                    case CENTRED -> {
                        ClampingBounds b = bounds.get(wanted.measure()).orElseThrow();
                        long middle = middle(b);
                        yield linf.multiply(
                                BigInteger.valueOf(Math.max(b.upperUnits() - middle, middle - b.lowerUnits())));
                    }
                };
        BigInteger l2Squared = BigInteger.valueOf(l0).multiply(inOneCell.multiply(inOneCell));
        boolean sum = wanted.kind() == Kind.SUM || wanted.kind() == Kind.CENTRED;
        long unitsOfOne = sum
                ? BigInteger.TEN
                        .pow(bounds.get(wanted.measure()).orElseThrow().decimals())
                        .longValueExact()
                : 1;
        return new Figure(
                wanted.kind(), wanted.measure(), unitsOfOne, DiscreteGaussian.forRho(share, l2Squared), share);
    }

    /** Middle of the bounds in units of the last digit. */
    static long middle(ClampingBounds bounds) {
        return Math.floorDiv(Math.addExact(bounds.lowerUnits(), bounds.upperUnits()), 2L);
    }

    private static Optional<ClampingBounds> bounds(CellPlan.Measure measure, PrivacyClause clause) {
        String column = measure.column().name();
        String dataset = measure.name().substring(0, measure.name().lastIndexOf("." + column));
        Optional<ClampingBounds> ofColumn = clause.boundsOf(dataset, column);
        return measure.squared() ? ofColumn.map(b -> SquareScale.of(b).bounds()) : ofColumn;
    }

    private static List<PublicKeys> domains(CellPlan cells, PrivacyClause clause) {
        List<PublicKeys> domains = new ArrayList<>();
        for (CellPlan.Key key : cells.keys()) {
            PublicKeys.of(key.expression(), cells.query(), clause).ifPresent(domains::add);
        }
        return domains;
    }

    private static Figure units(List<Figure> figures) {
        return figures.stream().filter(f -> f.kind() == Kind.UNITS).findFirst().orElseThrow();
    }

    /** Delta of the selection of group keys, in trillionths; 0 if nothing is selected. */
    long deltaPicos() {
        return selection.isPresent() ? clause.queryDeltaPicos() : 0;
    }

    boolean hasPublicKeys() {
        return selection.isEmpty() && !cells.keys().isEmpty();
    }

    /** Whether a unit could be in more cells than it may count in. */
    boolean bindsCells() {
        if (cells.keys().isEmpty()) {
            return false;
        }
        return selection.isPresent()
                || domains.stream()
                                .map(d -> BigInteger.valueOf(d.labels().size()))
                                .reduce(BigInteger.ONE, BigInteger::multiply)
                                .compareTo(BigInteger.valueOf(l0))
                        > 0;
    }

    int position(Kind kind, int measure) {
        for (int i = 0; i < figures.size(); i++) {
            if (figures.get(i).is(kind, measure)) {
                return i;
            }
        }
        throw new IllegalStateException("A number of the query has no noise planned.");
    }

    /** Place of a quantile among a cell's noisy numbers, which begin with the figures. */
    int position(Quantile.Wanted wanted) {
        for (int i = 0; i < quantiles.size(); i++) {
            if (quantiles.get(i).is(wanted)) {
                return figures.size() + i;
            }
        }
        throw new IllegalStateException("A quantile of the query has no choice planned.");
    }

    /** The grid of the quantiles of a measure; empty if none is asked for. */
    Optional<QuantileGrid> grid(int measure) {
        return quantiles.stream()
                .filter(q -> q.measure() == measure)
                .map(Quantile::grid)
                .findFirst();
    }
}
