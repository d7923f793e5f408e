package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.AnonymizedClasses.Verdict;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.privacy.ClassCriterion.Merging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Privacy models and a suppression limit bound to data: decides for the classes of a transformation which must be
 * suppressed, and whether that is within the limit.
 */
public final class PrivacyCheck {
    private final long minimumClassSize;
    private final List<ClassCriterion> monotone = new ArrayList<>();
    private final List<ClassCriterion> others = new ArrayList<>();
    private final List<ReleaseCriterion> releaseCriteria = new ArrayList<>();
    private final long maxSuppressed;
    private final ClassOrder order;
    private final boolean mergingKeepsAnonymity;

    /** Which of two classes of equal size is suppressed first: the one with the lower value. */
    public interface ClassOrder {
        double lossOf(EquivalenceClasses classes, int equivalenceClass);
    }

    /** @param maxSuppressed greatest number of records that may be suppressed */
    public PrivacyCheck(List<PrivacyModel> models, StudiedData data, long maxSuppressed, ClassOrder order) {
        this.order = order;
        this.maxSuppressed = maxSuppressed;
        long minimum = 0;
        for (PrivacyModel model : models) {
            minimum = Math.max(minimum, model.minimumClassSize(data));
            for (ClassCriterion criterion : Criteria.ofClass(model, data)) {
                (criterion.merging() == Merging.MONOTONE ? monotone : others).add(criterion);
            }
            Criteria.ofRelease(model).ifPresent(releaseCriteria::add);
        }
        this.minimumClassSize = minimum;
        boolean ofClasses = others.isEmpty()
                || maxSuppressed == 0 && others.stream().allMatch(criterion -> criterion.merging() == Merging.CONVEX);
        this.mergingKeepsAnonymity = ofClasses && releaseCriteria.stream().allMatch(ReleaseCriterion::mergingEases);
    }

    /** Smallest class that can be released. */
    public long minimumClassSize() {
        return minimumClassSize;
    }

    /** Whether the models ask for nothing of a class but its size. */
    public boolean looksAtSizeOnly() {
        return monotone.isEmpty() && others.isEmpty() && releaseCriteria.isEmpty();
    }

    /** Greatest number of records that may be suppressed. */
    public long maxSuppressed() {
        return maxSuppressed;
    }

    /** Checks a transformation. */
    public AnonymizedClasses check(EquivalenceClasses classes) {
        boolean[] forced = new boolean[classes.size()];
        long forcedRecords = 0;
        for (int c = 0; c < forced.length; c++) {
            if (classes.count(c) > 0 && !isMonotonelySafe(classes, c)) {
                forced[c] = true;
                forcedRecords += classes.count(c);
            }
        }
        if (forcedRecords > maxSuppressed) {
            return new AnonymizedClasses(classes, forced, forced, forcedRecords, forcedRecords, Verdict.TOO_FINE);
        }
        if (others.isEmpty() && releaseCriteria.isEmpty()) {
            return new AnonymizedClasses(classes, forced, forced, forcedRecords, forcedRecords, Verdict.ANONYMOUS);
        }
        return checkOthers(classes, forced, forcedRecords);
    }

    private AnonymizedClasses checkOthers(EquivalenceClasses classes, boolean[] forced, long forcedRecords) {
        boolean[] suppressed = forced.clone();
        long records = forcedRecords;
        boolean rejected = false;
        for (int c = 0; c < suppressed.length && records <= maxSuppressed && !rejected; c++) {
            long count = classes.count(c);
            if (suppressed[c] || count == 0 && minimumClassSize > 0) {
                continue;
            }
            for (ClassCriterion criterion : others) {
                if ((count > 0 || criterion.bindsUnstudiedClasses()) && !criterion.isSatisfied(classes, c)) {
                    suppressed[c] = count > 0;
                    rejected = count == 0;
                    records += count;
                    break;
                }
            }
        }
        if (!rejected && records <= maxSuppressed && !releaseCriteria.isEmpty()) {
            records += suppressSmallest(classes, suppressed, maxSuppressed - records);
        }
        Verdict verdict = !rejected && records <= maxSuppressed
                ? Verdict.ANONYMOUS
                : mergingKeepsAnonymity ? Verdict.TOO_FINE : Verdict.OVER_LIMIT;
        return new AnonymizedClasses(classes, suppressed, forced, records, forcedRecords, verdict);
    }

    private boolean isMonotonelySafe(EquivalenceClasses classes, int c) {
        if (classes.units(c) < minimumClassSize) {
            return false;
        }
        for (ClassCriterion criterion : monotone) {
            if (!criterion.isSatisfied(classes, c)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Suppresses the smallest classes until the release criteria hold; among equally large ones those that lose least,
     * then those that occur first. Classes that read like suppressed records do not count.
     *
     * @return records suppressed; if more than {@code allowed}, nothing is marked
     */
    private long suppressSmallest(EquivalenceClasses classes, boolean[] suppressed, long allowed) {
        long[] sizes = new long[suppressed.length];
        int candidates = 0;
        for (int c = 0; c < suppressed.length; c++) {
            if (isCandidate(classes, suppressed, c)) {
                sizes[candidates++] = classes.count(c);
            }
        }
        ClassSizes released = ClassSizes.of(Arrays.copyOf(sizes, candidates));
        int taken = smallestPrefix(released);
        long needed = released.records() - released.without(taken).records();
        if (taken == 0 || needed > allowed) {
            return needed;
        }
        long boundary = released.size(taken - 1);
        List<Integer> atBoundary = new ArrayList<>();
        for (int c = 0; c < suppressed.length; c++) {
            if (!isCandidate(classes, suppressed, c)) {
                continue;
            }
            if (classes.count(c) < boundary) {
                suppressed[c] = true;
                taken--;
            } else if (classes.count(c) == boundary) {
                atBoundary.add(c);
            }
        }
        if (taken < atBoundary.size()) {
            sortByLoss(classes, atBoundary);
        }
        for (int c : atBoundary.subList(0, taken)) {
            suppressed[c] = true;
        }
        return needed;
    }

    private void sortByLoss(EquivalenceClasses classes, List<Integer> sorted) {
        sorted.sort((a, b) -> {
            int byLoss = Double.compare(order.lossOf(classes, a), order.lossOf(classes, b));
            return byLoss != 0 ? byLoss : Long.compare(classes.firstRow(a), classes.firstRow(b));
        });
    }

    private int smallestPrefix(ClassSizes released) {
        if (hold(released)) {
            return 0;
        }
        int low = 0;
        int high = released.classes() - 1;
        while (low <= high) {
            int middle = (low + high) / 2;
            if (hold(released.without(middle + 1))) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return Math.min(low + 1, released.classes());
    }

    private boolean hold(ClassSizes released) {
        return releaseCriteria.stream().allMatch(criterion -> criterion.isSatisfied(released));
    }

    private static boolean isCandidate(EquivalenceClasses classes, boolean[] suppressed, int c) {
        return !suppressed[c] && classes.count(c) > 0 && !classes.isCompletelyGeneralized(c);
    }
}
