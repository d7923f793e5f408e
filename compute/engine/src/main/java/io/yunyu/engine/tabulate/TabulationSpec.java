package io.yunyu.engine.tabulate;

import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.engine.primary.PrimaryRules;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What to tabulate and how to protect it: the parsed {@code spec.json}.
 *
 * @param unit column that says whom a record is about; without one each record is its own unit
 * @param weight column of sampling weights, above 0
 * @param recordKey column of given record keys in [0, 1)
 * @param holding column that says which units belong together
 * @param waiver column with 1 for units that gave up their protection
 * @param tables linked tables as positions of dimensions; one with all of them for a plain table
 */
record TabulationSpec(
        DelimitedFormat format,
        Optional<String> unit,
        Optional<String> weight,
        Optional<String> recordKey,
        Optional<String> holding,
        Optional<String> waiver,
        List<Dimension> dimensions,
        List<List<Integer>> tables,
        List<CountMeasure> counts,
        List<MagnitudeMeasure> magnitudes,
        PrimaryRules rules,
        boolean complement,
        Protection protection) {
    /**
     * A dimension.
     *
     * @param total label of its total
     * @param hierarchy file with one line per value: the value, then its categories from fine to coarse
     */
    record Dimension(String name, String total, Optional<Path> hierarchy) {}

    /** @param of column of 0 and 1; without one all units are counted */
    record CountMeasure(String name, Optional<String> of) {}

    /** @param decimals of the published sums; empty leaves all digits */
    record MagnitudeMeasure(String name, String of, OptionalInt decimals) {}

    TabulationSpec {
        Set<String> names = new HashSet<>();
        for (Dimension dimension : dimensions) {
            requireNew(names, dimension.name());
        }
        counts.forEach(count -> requireNew(names, count.name()));
        magnitudes.forEach(magnitude -> requireNew(names, magnitude.name()));
        if (protection instanceof Protection.Suppression suppression) {
            Set<String> known = new HashSet<>();
            dimensions.forEach(d -> known.add(d.name()));
            if (!suppression.publish().stream().allMatch(wanted -> known.containsAll(wanted.keySet()))) {
                throw new TabulationException("protection.publish names a dimension that the table does not have.");
            }
        }
        if (dimensions.isEmpty() || counts.isEmpty() && magnitudes.isEmpty()) {
            throw new TabulationException("The specification needs at least one dimension and one count or magnitude.");
        }
    }

    private static void requireNew(Set<String> names, String name) {
        if (name.isBlank() || !names.add(name)) {
            throw new TabulationException("The name '" + name
                    + "' is empty or used twice; dimensions, counts and magnitudes need different names.");
        }
    }
}
