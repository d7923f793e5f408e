package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.data.InputException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Losses given by the user per attribute and level.
 *
 * @param losses for each quasi-identifier the loss of each of its levels, not falling
 */
public record StaticMeasure(Map<String, List<Double>> losses, Aggregate aggregate) implements InformationLossMeasure {
    public StaticMeasure {
        losses = new TreeMap<>(losses);
        losses.forEach((attribute, table) -> {
            if (!table.stream().allMatch(loss -> loss >= 0 && Double.isFinite(loss))) {
                throw new InputException("Static losses of '" + attribute + "' must be numbers of at least 0.");
            }
            for (int level = 1; level < table.size(); level++) {
                if (!(table.get(level) >= table.get(level - 1))) {
                    throw new InputException("Static losses of '" + attribute + "' fall from level " + (level - 1)
                            + " to level " + level + "; a coarser level cannot lose less.");
                }
            }
        });
    }

    @Override
    public void requireFits(Map<String, Integer> levels) {
        for (String attribute : losses.keySet()) {
            if (!levels.containsKey(attribute)) {
                throw new InputException("The static measure has losses of '" + attribute
                        + "', which is no quasi-identifier that forms classes. Leave them out.");
            }
        }
        levels.forEach((attribute, number) -> {
            if (losses.getOrDefault(attribute, List.of()).size() != number) {
                throw new InputException("The static measure needs a loss for each of the " + number + " levels of '"
                        + attribute + "'.");
            }
        });
    }

    @Override
    public Objective bind(DomainStatistics statistics) {
        double[][] tables = new double[statistics.dimension()][];
        for (int i = 0; i < tables.length; i++) {
            String attribute = statistics.quasiIdentifiers().attribute(i).attribute();
            tables[i] = losses.getOrDefault(attribute, List.of()).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
        return new HeightMeasure.LevelObjective(statistics, aggregate, levels -> {
            double[] found = new double[levels.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = tables[i][levels[i]];
            }
            return found;
        });
    }

    @Override
    public String label() {
        return "static(" + aggregate + ")";
    }
}
