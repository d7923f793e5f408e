package io.yunyu.engine.tabulate;

import io.yunyu.engine.perturbation.CountPerturbation;
import io.yunyu.engine.perturbation.MagnitudeCell;
import io.yunyu.engine.perturbation.MagnitudePerturbation;
import io.yunyu.engine.perturbation.PerturbationTable;
import io.yunyu.engine.privacy.ExactDraws;
import io.yunyu.engine.privacy.RandomBits;
import io.yunyu.engine.tabulate.Protection.CellKeys;
import io.yunyu.engine.tabulate.Protection.MagnitudeNoise;
import io.yunyu.engine.tabulate.TabulationSpec.CountMeasure;
import io.yunyu.engine.tabulate.TabulationSpec.Dimension;
import io.yunyu.engine.tabulate.TabulationSpec.MagnitudeMeasure;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One run: records to cells, cells to protected values. */
final class Tabulation {
    static final int MAX_CELLS = 2_000_000;

    private final TabulationSpec spec;
    private final Microdata data;
    private final CrossTable table;

    private Tabulation(TabulationSpec spec, Microdata data, CrossTable table) {
        this.spec = spec;
        this.data = data;
        this.table = table;
    }

    /** A protected table: for the files of this run. */
    record Result(TabulationSpec spec, CrossTable table, List<MeasureResult> measures) {}

    /** @param secretKeys where record keys are to come from, if no column has them */
    static Result run(Path input, TabulationSpec spec, @Nullable RecordKeys secretKeys) {
        if (spec.protection() instanceof CellKeys && spec.recordKey().isEmpty() && secretKeys == null) {
            throw new TabulationException("The cell-key method needs record keys: name their column as recordKey in the"
                    + " specification, or give --secret FILE (made if there is none) to derive them from the unit.");
        }
        Microdata data = Microdata.read(input, spec, spec.protection() instanceof CellKeys ? secretKeys : null);
        List<CodeTree> trees = new ArrayList<>();
        for (Dimension dimension : spec.dimensions()) {
            trees.add(Dimensions.tree(dimension, data.column(dimension.name()), spec.format()));
        }
        Tabulation run = new Tabulation(spec, data, new CrossTable(trees, spec.tables(), MAX_CELLS));
        return new Result(spec, run.table, run.measures());
    }

    private List<MeasureResult> measures() {
        FactsReader reader = new FactsReader(data, spec, table);
        boolean weighted = spec.weight().isPresent();
        List<MeasureResult> results = new ArrayList<>();
        PrivateMeasures noisy = spec.protection() instanceof Protection.Private settings
                ? new PrivateMeasures(spec, data, table, settings, new ExactDraws(RandomBits.of(new SecureRandom())))
                : null;
        for (CountMeasure count : spec.counts()) {
            @Nullable CellFacts[] facts = reader.count(count);
            results.add(
                    noisy != null
                            ? noisy.count(count, facts)
                            : new MeasureResult(
                                    count.name(),
                                    protectedCounts(facts),
                                    !weighted && !isHalved(),
                                    OptionalInt.empty(),
                                    weighted && spec.protection() instanceof CellKeys
                                            ? List.of("weighted-count")
                                            : List.of()));
        }
        for (MagnitudeMeasure magnitude : spec.magnitudes()) {
            @Nullable CellFacts[] facts = reader.magnitude(magnitude);
            results.add(
                    noisy != null
                            ? noisy.sum(magnitude, facts)
                            : new MeasureResult(
                                    magnitude.name(),
                                    protectedSums(magnitude, facts),
                                    false,
                                    magnitude.decimals(),
                                    notes(magnitude)));
        }
        results.replaceAll(this::audited);
        return results;
    }

    /** @throws InfeasibleTabulationException if subtraction is to be refused, and gives a cell back */
    private MeasureResult audited(MeasureResult measure) {
        boolean keyed = spec.protection() instanceof CellKeys;
        boolean plain =
                spec.protection() instanceof Protection.None || spec.protection() instanceof Protection.Rounding;
        boolean count = spec.counts().stream().anyMatch(c -> c.name().equals(measure.name()));
        if (!plain && !(keyed && count)) {
            return measure;
        }
        SubtractionAudit.Findings found = SubtractionAudit.of(table, measure.cells(), keyed);
        if (spec.protection().refusesSubtraction()) {
            require(measure, found);
        }
        if (found.audited() && found.variances().isEmpty()) {
            return measure;
        }
        String note = !found.audited() ? "subtraction-unknown" : keyed ? "subtraction-estimate" : "subtraction";
        return measure.with(found, note);
    }

    private void require(MeasureResult measure, SubtractionAudit.Findings found) {
        if (!found.audited()) {
            throw new InfeasibleTabulationException("The table is too large to find out which withheld cells its totals"
                    + " give back. Use method suppress, or fewer dimensions.");
        }
        found.variances().keySet().stream().findFirst().ifPresent(cell -> {
            throw new InfeasibleTabulationException(found.variances().size() + " withheld cells of '" + measure.name()
                    + "' follow from published ones, the first being " + String.join(" / ", table.labels(cell))
                    + ". Use method suppress, merge categories, or leave out a total.");
        });
    }

    private boolean isHalved() {
        return spec.protection() instanceof Protection.Rounding r && r.midpoint() && r.base() % 2 != 0;
    }

    private List<String> notes(MagnitudeMeasure magnitude) {
        return spec.protection() instanceof CellKeys keys && extraNoise(keys, magnitude) > 0
                ? List.of("sensitive-perturbed")
                : List.of();
    }

    private static double extraNoise(CellKeys keys, MagnitudeMeasure magnitude) {
        MagnitudeNoise noise = keys.magnitudes().get(magnitude.name());
        return noise == null ? 0 : noise.parameters().sensitiveExtra();
    }

    private @Nullable CellResult[] protectedCounts(@Nullable CellFacts[] facts) {
        if (spec.protection() instanceof CellKeys keys) {
            PerturbationTable rows = keys.counts()
                    .orElseThrow(() -> new IllegalStateException("Counts without a table were not refused."));
            CountPerturbation noise = new CountPerturbation(rows);
            return each(facts, true, f -> noise.perturbWeighted(f.units(), f.weightSum(), f.cellKey()));
        }
        return plainly(facts, true);
    }

    private @Nullable CellResult[] protectedSums(MagnitudeMeasure magnitude, @Nullable CellFacts[] facts) {
        if (spec.protection() instanceof CellKeys keys) {
            MagnitudeNoise noise = keys.magnitudes().get(magnitude.name());
            if (noise == null) {
                throw new IllegalStateException("A magnitude without noise was not refused.");
            }
            MagnitudePerturbation perturbation = new MagnitudePerturbation(noise.parameters());
            // Extra noise for sensitive cells is asked for in order to publish them.
            return each(facts, extraNoise(keys, magnitude) == 0, f -> {
                MagnitudeCell cell = f.magnitude()
                        .orElseThrow(() -> new IllegalStateException("A sum was not prepared for its noise."));
                return perturbation.perturb(cell);
            });
        }
        return plainly(facts, false);
    }

    private @Nullable CellResult[] plainly(@Nullable CellFacts[] facts, boolean count) {
        if (spec.protection() instanceof Protection.Suppression settings) {
            return new SuppressedMeasure(table, settings, spec.rules().minUnits(), count, facts).protect();
        }
        if (spec.protection() instanceof Protection.Rounding rounding) {
            return each(facts, true, f -> rounded(f.original(), rounding));
        }
        return each(facts, true, CellFacts::original);
    }

    /** To the nearest multiple, halves away from zero; or to the middle of the interval, so that no multiple occurs. */
    static double rounded(double value, Protection.Rounding rounding) {
        double size = Math.abs(value) / rounding.base();
        double rounded = rounding.midpoint()
                ? (value == 0 ? 0 : Math.ceil(size) * rounding.base() - rounding.base() / 2.0)
                : Math.floor(size + 0.5) * rounding.base();
        return Math.signum(value) * rounded;
    }

    private static @Nullable CellResult[] each(
            @Nullable CellFacts[] facts, boolean withhold, ToDoubleFunction<CellFacts> published) {
        @Nullable CellResult[] results = new CellResult[facts.length];
        for (int cell = 0; cell < facts.length; cell++) {
            CellFacts own = facts[cell];
            if (own != null) {
                results[cell] = CellResult.of(own, published.applyAsDouble(own), withhold && own.isFlagged());
            }
        }
        return results;
    }
}
