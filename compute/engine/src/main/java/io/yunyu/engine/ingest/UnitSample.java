package io.yunyu.engine.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A random sample of a batch's units, one random record of each, taken in the pass that checks the batch: the
 * {@value #UNITS} units whose salted hash is lowest. It is bounded, whatever the batch, and a unit counts once in it,
 * however many records it has. Holds original values; never leaves the engine.
 */
final class UnitSample implements Serializable {
    static final int UNITS = 4_000;
    private static final long serialVersionUID = 1L;

    private final long salt;
    private final HashMap<Long, Member> members = new HashMap<>();
    private final PriorityQueue<Long> highestFirst = new PriorityQueue<>(java.util.Comparator.reverseOrder());
    private final transient @Nullable SplittableRandom random;

    /**
     * @param salt secret and fresh: who knows it could tell which units are in the sample
     * @param partition of the batch, for draws of its own
     */
    UnitSample(long salt, int partition) {
        this.salt = salt;
        this.random = new SplittableRandom(salt + partition);
    }

    /** A sampled unit: the labels of one of its records, and how many records it has. */
    static final class Member implements Serializable {
        private static final long serialVersionUID = 1L;
        private long priority;
        private long records;
        private String[] labels;

        private Member(long priority, long records, String[] labels) {
            this.priority = priority;
            this.records = records;
            this.labels = labels;
        }

        /** By column; null where the value belongs to no part. */
        @Nullable
        String label(int column) {
            return labels[column];
        }

        long records() {
            return records;
        }
    }

    /** @param unit text that identifies the record's unit, or null if each record is its own */
    void add(@Nullable String unit, @Nullable Object[] values, List<ColumnPlan> columns) {
        SplittableRandom draws = java.util.Objects.requireNonNull(random);
        long priority = draws.nextLong();
        long hash = unit == null ? priority : hash(unit);
        Member member = members.get(hash);
        if (member == null) {
            if (members.size() < UNITS || hash < highestFirst.element()) {
                put(hash, new Member(priority, 1, labels(values, columns)));
            }
        } else {
            member.records++;
            if (priority < member.priority) {
                member.priority = priority;
                member.labels = labels(values, columns);
            }
        }
    }

    /** The sample of both batches' records, as if they had been one. */
    void add(UnitSample other) {
        other.members.forEach((hash, theirs) -> {
            Member ours = members.get(hash);
            if (ours == null) {
                if (members.size() < UNITS || hash < highestFirst.element()) {
                    put(hash, theirs);
                }
            } else {
                long records = ours.records + theirs.records;
                if (theirs.priority < ours.priority) {
                    ours.priority = theirs.priority;
                    ours.labels = theirs.labels;
                }
                ours.records = records;
            }
        });
    }

    Collection<Member> members() {
        return members.values();
    }

    private void put(long hash, Member member) {
        members.put(hash, member);
        highestFirst.add(hash);
        if (members.size() > UNITS) {
            members.remove(highestFirst.remove());
        }
    }

    private static String[] labels(@Nullable Object[] values, List<ColumnPlan> columns) {
        List<@Nullable String> labels = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            labels.add(ProfileLabels.of(values[i], columns.get(i).type()));
        }
        return labels.toArray(String[]::new);
    }

    /** FNV-1a over the characters, mixed (SplitMix64's finisher): spreads well, and nobody outside knows the salt. */
    private long hash(String unit) {
        long h = salt ^ 0xCBF29CE484222325L;
        for (int i = 0; i < unit.length(); i++) {
            h = (h ^ unit.charAt(i)) * 0x100000001B3L;
            h ^= h >>> 29;
        }
        h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        return h ^ (h >>> 31);
    }

    /** Nothing of what it holds. */
    @Override
    public String toString() {
        return "UnitSample[]";
    }

    static Map<String, Long> counts(
            Collection<Member> members, java.util.function.Function<Member, @Nullable String> label) {
        Map<String, Long> counts = new HashMap<>();
        for (Member member : members) {
            String of = label.apply(member);
            if (of != null) {
                counts.merge(of, 1L, Long::sum);
            }
        }
        return counts;
    }
}
