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
    private record Entry(SetSketch sketch, double published, int order) {}

    private final Map<String, TreeMap<Long, List<Entry>>> byAspect = new HashMap<>();
    private int entries;

    void add(ReleasedCell.Value value) {
        byAspect.computeIfAbsent(value.aspect(), a -> new TreeMap<>())
                .computeIfAbsent(value.sketch().elements(), n -> new ArrayList<>(1))
                .add(new Entry(value.sketch(), value.published(), entries++));
    }

    /**
     * What was published of the earliest set that differs from this one in at most {@code most} elements, equal sets
     * before others; empty if there is none.
     */
    Optional<Double> near(String aspect, SetSketch sketch, int most) {
        TreeMap<Long, List<Entry>> entries = byAspect.get(aspect);
        if (entries == null) {
            return Optional.empty();
        }
        Entry best = null;
        for (List<Entry> same : entries.subMap(sketch.elements() - most, true, sketch.elements() + most, true)
                .values()) {
            for (Entry entry : same) {
                if (entry.sketch.equalTo(sketch)) {
                    return Optional.of(entry.published);
                }
                if ((best == null || entry.order < best.order) && entry.sketch.within(sketch, most)) {
                    best = entry;
                }
            }
        }
        return Optional.ofNullable(best).map(Entry::published);
    }
}
