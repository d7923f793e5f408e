package io.yunyu.engine.tabulate;

import io.yunyu.engine.perturbation.Magnifier;
import io.yunyu.engine.perturbation.MagnitudeCell;
import io.yunyu.engine.primary.Contributions;
import io.yunyu.engine.primary.MagnitudeFacts;
import io.yunyu.engine.primary.PrimaryRules;
import io.yunyu.engine.tabulate.Protection.CellKeys;
import io.yunyu.engine.tabulate.Protection.MagnitudeNoise;
import io.yunyu.engine.tabulate.TabulationSpec.CountMeasure;
import io.yunyu.engine.tabulate.TabulationSpec.MagnitudeMeasure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes the values of all cells and what the primary rules say of them. Positions of cells not shown hold null. */
final class FactsReader {
    private final Microdata data;
    private final TabulationSpec spec;
    private final CrossTable table;
    private final CellRecords records;

    FactsReader(Microdata data, TabulationSpec spec, CrossTable table) {
        this.data = data;
        this.spec = spec;
        this.table = table;
        this.records = new CellRecords(data, table);
    }

    @Nullable
    CellFacts[] count(CountMeasure count) {
        double[] column = count.of()
                .map(name -> data.checked(name, x -> x == 0 || x == 1, "a counted column must hold 0 or 1"))
                .orElseGet(() -> {
                    double[] ones = new double[data.size];
                    Arrays.fill(ones, 1);
                    return ones;
                });
        CellFacts[] facts = new CellFacts[table.size()];
        for (int cell = 0; cell < facts.length; cell++) {
            if (table.isShown(cell)) {
                UnitValues units = UnitValues.of(data, records.of(cell), column).nonZero();
                List<String> rules = new ArrayList<>();
                if (spec.rules().isTooFew(units.units())) {
                    rules.add(PrimaryRules.MIN_UNITS);
                }
                double weights = finite(units.weightSum(), count.name());
                facts[cell] = new CellFacts(
                        weights,
                        units.units(),
                        weights,
                        units.cellKey(),
                        rules,
                        0,
                        units.single(),
                        false,
                        Optional.empty());
            }
        }
        flagComplements(facts);
        return facts;
    }

    @Nullable
    CellFacts[] magnitude(MagnitudeMeasure measure) {
        double[] column = data.numbers(measure.of());
        Optional<MagnitudeNoise> noise = spec.protection() instanceof CellKeys keys
                ? Optional.ofNullable(keys.magnitudes().get(measure.name()))
                : Optional.empty();
        CellFacts[] facts = new CellFacts[table.size()];
        for (int cell = 0; cell < facts.length; cell++) {
            if (table.isShown(cell)) {
                facts[cell] = magnitude(measure, UnitValues.of(data, records.of(cell), column), noise);
            }
        }
        flagComplements(facts);
        return facts;
    }

    private CellFacts magnitude(MagnitudeMeasure measure, UnitValues units, Optional<MagnitudeNoise> noise) {
        UnitValues nonZero = units.nonZero();
        List<Contributions> groupings = new ArrayList<>(List.of(units.byUnit()));
        if (spec.holding().isPresent()) {
            groupings.add(units.byHolding());
        }
        MagnitudeFacts facts = new MagnitudeFacts(units.units(), nonZero.units(), groupings);
        double sum = finite(units.weightedSum(), measure.name());
        List<String> rules = spec.rules().unsafe(facts);
        return new CellFacts(
                sum,
                units.units(),
                units.weightSum(),
                (noise.isPresent() && noise.get().zeroKeys() ? units : nonZero).cellKey(),
                rules,
                spec.rules().protectionLevel(facts),
                nonZero.single(),
                Arrays.stream(units.values).anyMatch(v -> v < 0),
                noise.map(n -> cell(n, units, nonZero, sum, !rules.isEmpty())));
    }

    private static MagnitudeCell cell(
            MagnitudeNoise noise, UnitValues units, UnitValues nonZero, double sum, boolean sensitive) {
        double[] magnifiers =
                switch (noise.type()) {
                    case TOP_CONTRIBUTIONS -> Magnifier.topContributions(units.values, units.weights, noise.k());
                    case MEAN -> Magnifier.mean(sum, units.weightSum());
                    case RANGE -> Magnifier.range(units.values);
                    case SUM -> Magnifier.sum(sum);
                };
        UnitValues keyed = noise.zeroKeys() ? units : nonZero;
        return new MagnitudeCell(sum, magnifiers, keyed.units(), keyed.cellKey(), sensitive);
    }

    /** What remains of a total without the cell must not be too small either. */
    private void flagComplements(@Nullable CellFacts[] facts) {
        for (int cell = 0; spec.complement() && cell < facts.length; cell++) {
            CellFacts own = facts[cell];
            if (own == null || own.isEmpty()) {
                continue;
            }
            long units = own.units();
            boolean tooFew = table.parents(cell).stream()
                    .map(parent -> facts[parent])
                    .anyMatch(whole -> whole != null && spec.rules().isTooFew(whole.units() - units));
            if (tooFew) {
                facts[cell] = own.flaggedBy(PrimaryRules.COMPLEMENT);
            }
        }
    }

    private static double finite(double value, String measure) {
        if (!Double.isFinite(value)) {
            throw new TabulationException("A total of '" + measure
                    + "' leaves the range of numbers. Give the values in a larger unit of measure.");
        }
        return value;
    }
}
