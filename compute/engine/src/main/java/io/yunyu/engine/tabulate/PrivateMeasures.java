package io.yunyu.engine.tabulate;

import io.yunyu.engine.privacy.ExactDraws;
import io.yunyu.engine.tabulate.TabulationSpec.CountMeasure;
import io.yunyu.engine.tabulate.TabulationSpec.Dimension;
import io.yunyu.engine.tabulate.TabulationSpec.MagnitudeMeasure;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * All measures of a table with differential privacy; each gets an equal part of the budget. The protected unit is all
 * records of one unit being there or not. Every run spends the budget once more: nothing here remembers earlier ones.
 */
final class PrivateMeasures {
    private final CrossTable table;
    private final Microdata data;
    private final Protection.Private settings;
    private final ExactDraws draws;
    private final BoundedContributions contributions;
    private final double share;

    PrivateMeasures(
            TabulationSpec spec, Microdata data, CrossTable table, Protection.Private settings, ExactDraws draws) {
        for (Dimension dimension : spec.dimensions()) {
            if (dimension.hierarchy().isEmpty()) {
                throw new TabulationException(
                        "Differential privacy needs the categories of dimension '" + dimension.name()
                                + "' from a hierarchy file: which values occur in the records is itself private.");
            }
        }
        if (spec.weight().isPresent()) {
            throw new TabulationException(
                    "Differential privacy of weighted totals is not offered: weights would multiply what one unit adds.");
        }
        for (MagnitudeMeasure magnitude : spec.magnitudes()) {
            if (!settings.bounds().containsKey(magnitude.name())) {
                throw new TabulationException("Differential privacy needs bounds for '" + magnitude.name()
                        + "', from what is known of the measure and never from the records.");
            }
        }
        this.table = table;
        this.data = data;
        this.settings = settings;
        this.draws = draws;
        this.contributions = new BoundedContributions(data, table, settings, new SecureRandom());
        this.share = 1.0 / (spec.counts().size() + spec.magnitudes().size());
    }

    MeasureResult count(CountMeasure count, @Nullable CellFacts[] facts) {
        long[] sums = contributions.sums(count.of().map(data::numbers).orElse(null), null);
        return result(count.name(), facts, sums, 1);
    }

    MeasureResult sum(MagnitudeMeasure magnitude, @Nullable CellFacts[] facts) {
        double[] bounds = settings.bounds().getOrDefault(magnitude.name(), new double[2]);
        long largest = (long) Math.ceil(Math.max(Math.abs(bounds[0]), Math.abs(bounds[1])));
        return result(
                magnitude.name(),
                facts,
                contributions.sums(data.numbers(magnitude.of()), bounds),
                Math.max(1, largest));
    }

    private MeasureResult result(String name, @Nullable CellFacts[] facts, long[] sums, long largest) {
        PrivateMeasure measure = new PrivateMeasure(table, facts, sums, settings, share, largest, draws);
        return new MeasureResult(name, measure.protect(), true, OptionalInt.empty(), List.of("private"));
    }
}
