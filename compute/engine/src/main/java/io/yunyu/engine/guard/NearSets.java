package io.yunyu.engine.guard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Published values by aspect and number of elements, to find those whose set hardly differs from a given one. A look-up
 * compares one word of each value whose number of elements differs by no more than the bound, and all of those that it does
 * not tell apart.
 */
final class NearSets {
    private record Entry(Found found, int order) {}

    /** Values about sets of one size. All are looked at, so one parity word of each lies beside those of the others. */
    private static final class SameSize {
        private long[] parities = new long[1];
        private final List<Entry> entries = new ArrayList<>(1);

        void add(Entry entry) {
            if (entries.size() == parities.length) {
                parities = Arrays.copyOf(parities, 2 * parities.length);
            }
            parities[entries.size()] = entry.found.value.contributors().parity0();
            entries.add(entry);
        }

        /** The earliest entry that may differ in at most {@code most} units. */
        Optional<Entry> near(ReleasedCell.Value asked, int most) {
            long parity = asked.contributors().parity0();
            for (int i = 0; i < entries.size(); i++) {
                if (Long.bitCount(parities[i] ^ parity) <= most) {
                    ReleasedCell.Value before = entries.get(i).found.value;
                    if (before.contributors().within(asked.contributors(), most)
                            && before.sketch().within(asked.sketch(), 2 * most)) {
                        return Optional.of(entries.get(i));
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** A set of units with what each contributes: equal sets agree in both, but for a chance of 2^-64. */
    private record SetKey(String aspect, long elements, long fingerprint) {
        static SetKey of(ReleasedCell.Value value) {
            return new SetKey(
                    value.aspect(), value.sketch().elements(), value.sketch().fingerprint());
        }
    }

    /**
     * A value that was published.
     *
     * @param job that published it; empty for the one that asks
     */
    record Found(String job, Region region, ReleasedCell.Value value) {}

    private final Map<String, TreeMap<Long, SameSize>> byAspect = new HashMap<>();
    private final Map<SetKey, Found> bySet = new HashMap<>();
    private int entries;

    void add(Found found) {
        ReleasedCell.Value value = found.value;
        bySet.putIfAbsent(SetKey.of(value), found);
        byAspect.computeIfAbsent(value.aspect(), a -> new TreeMap<>())
                .computeIfAbsent(value.contributors().elements(), n -> new SameSize())
                .add(new Entry(found, entries++));
    }

    /**
     * The earliest set that differs from this one in at most {@code most} units, equal sets before
     * others; empty if there is none. A unit that contributes otherwise to two sets is two elements of contributions, and
     * none of contributors: both sketches must be near. That of contributors has the places to tell two groups of a few
     * units from near ones, that of contributions has not.
     */
    Optional<Found> near(ReleasedCell.Value asked, int most) {
        Found equal = bySet.get(SetKey.of(asked));
        TreeMap<Long, SameSize> bySize = byAspect.get(asked.aspect());
        if (equal != null || bySize == null) {
            return Optional.ofNullable(equal);
        }
        long size = asked.contributors().elements();
        return bySize.subMap(size - most, true, size + most, true).values().stream()
                .flatMap(same -> same.near(asked, most).stream())
                .min(Comparator.comparingInt(Entry::order))
                .map(Entry::found);
    }
}
