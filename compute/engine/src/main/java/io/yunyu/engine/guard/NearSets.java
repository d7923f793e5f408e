package io.yunyu.engine.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Published values by aspect and number of elements, to find those whose set hardly differs from a given one. A look-up
 * reads the values whose numbers of elements differ by less than the bound, and compares three words of each.
 */
final class NearSets {
    private record Entry(Found found, int order) {}

    /**
     * A value that was published.
     *
     * @param job that published it; empty for the one that asks
     */
    record Found(String job, Region region, ReleasedCell.Value value) {}

    private final Map<String, TreeMap<Long, List<Entry>>> byAspect = new HashMap<>();
    private int entries;

    void add(Found found) {
        ReleasedCell.Value value = found.value;
        byAspect.computeIfAbsent(value.aspect(), a -> new TreeMap<>())
                .computeIfAbsent(value.contributors().elements(), n -> new ArrayList<>(1))
                .add(new Entry(found, entries++));
    }

    /**
     * The earliest set that differs from this one in at most {@code most} units, equal sets before
     * others; empty if there is none. A unit that contributes otherwise to two sets is two elements of contributions, and
     * none of contributors: both sketches must be near. That of contributors has the places to tell two groups of a few
     * units from near ones, that of contributions has not.
     */
    Optional<Found> near(ReleasedCell.Value asked, int most) {
        TreeMap<Long, List<Entry>> entries = byAspect.get(asked.aspect());
        long size = asked.contributors().elements();
        if (entries == null) {
            return Optional.empty();
        }
        Entry best = null;
        for (List<Entry> same :
                entries.subMap(size - most, true, size + most, true).values()) {
            for (Entry entry : same) {
                ReleasedCell.Value before = entry.found.value;
                if (before.sketch().equalTo(asked.sketch())) {
                    return Optional.of(entry.found);
                }
                if ((best == null || entry.order < best.order)
                        && before.contributors().within(asked.contributors(), most)
                        && before.sketch().within(asked.sketch(), 2 * most)) {
                    best = entry;
                }
            }
        }
        return Optional.ofNullable(best).map(Entry::found);
    }
}
