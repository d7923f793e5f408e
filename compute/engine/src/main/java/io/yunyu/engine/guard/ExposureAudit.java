package io.yunyu.engine.guard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The linear audit: how much all noisy answers together tell of one person, at most, by the best linear estimate.
 *
 * <p>Model: each answer is the number of persons with some property in its region, plus independent noise of variance V.
 * Let G(i, j) be the number of persons that regions i and j share, and m the 0/1 vector of the regions that a person is
 * in. If a person has the property with probability 1/2, independently of others, the best linear estimate from all
 * answers explains the share R = 1/2 m' (G + 2 V I)^-1 m of the variance of the person's property. One answer about n
 * persons alone explains 1/(2n + 4V). From a share R somebody guesses the property right with a probability of about
 * 1/2 + asin(sqrt R) / pi (two normal variables with correlation sqrt R).
 *
 * <p>An answer is admitted if for every person that probability stays within {@link #MARGIN_OF_COUNTS} of what the best single
 * answer about the person gives. This catches averaging over many partitions, trackers and linear reconstruction alike,
 * which all are linear estimates from many answers. Rows are not persons but classes of persons that the regions cannot
 * tell apart, see {@link Partition}, whose sizes are estimated from the regions' exact ones: this is the approximation in
 * it. The decision rests on regions and on past exact sizes, not on the property of a person.
 *
 * <p>Bound: at most {@value #MAX_ANSWERS} answers are taken together, of {@value Partition#MAX_CLASSES} classes; later
 * ones count by what each explains alone.
 */
final class ExposureAudit {
    static final int MAX_ANSWERS = 400;
    /** Of earlier answers, the smallest so many are looked at. */
    static final int MAX_PAST = 2_000;
    /** Allowed gain of the probability of a right guess of an attribute over the best single answer. */
    static final double MARGIN_OF_COUNTS = 0.05;

    /** The same for whether a contribution is above the median; the p% rule cares for its size. */
    static final double MARGIN_OF_SUMS = 0.10;

    private final double prior;
    private final double noise;
    private final double margin;
    /** Least share that {@link #allowed} allows: of somebody of whom no answer alone tells anything. */
    private final double allowedOfAll;

    private final Partition partition = new Partition();
    private final List<BitSet> answers = new ArrayList<>();
    private final List<Double> known = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    /** For each answer, by output the persons in the answers of that output inside of it. */
    private final List<Map<String, Double>> covered = new ArrayList<>();
    /** Rows of the lower triangular factor of G + noise I. */
    private final List<double[]> factor = new ArrayList<>();
    /** For each answer its row of (factor)^-1 M, one column per class. */
    private final List<double[]> solved = new ArrayList<>();

    private double[] explained = new double[16];
    private double[] best = new double[16];
    private int refused;

    private ExposureAudit(double prior, double noise, double margin) {
        this.prior = prior;
        this.noise = noise;
        this.margin = margin;
        this.allowedOfAll = allowed(0);
    }

    /** For counts with noise of a variance. */
    static ExposureAudit ofCounts(double variance) {
        return new ExposureAudit(0.5, 2 * variance, MARGIN_OF_COUNTS);
    }

    /**
     * For sums whose noise has a standard deviation of 0.35 of the largest contribution (a unit of 20 %, variance 3), with
     * contributions spread evenly up to the largest: 3 (0.2)^2 / (1/12) persons.
     */
    static ExposureAudit ofSums() {
        return new ExposureAudit(1, 1.44, MARGIN_OF_SUMS);
    }

    /** Takes an answer that was published, whatever it exposes. */
    void published(Region region, double size, String output) {
        add(region, size, output, false);
    }

    /**
     * Takes an answer if it exposes nobody too much; otherwise it must not be published.
     *
     * @param output answers with the same name are about disjoint regions
     */
    boolean admits(Region region, double size, String output) {
        return add(region, size, output, true);
    }

    int refused() {
        return refused;
    }

    private boolean add(Region region, double size, String output, boolean checked) {
        boolean together = answers.size() < MAX_ANSWERS;
        BitSet inside = together ? partition.cut(region, this::copyClass) : partition.meeting(region);
        Map<String, Double> parts = together ? emptyWhatIsCovered(inside, size, output) : Map.of();
        double alone = prior / (size + noise);
        double[] more = new double[partition.size()];
        double[] row = null;
        double[] z = null;
        if (together) {
            fit(inside, size);
            row = factorRow(inside);
            z = solvedRow(inside, row);
            for (int c = 0; c < more.length; c++) {
                more[c] = prior * z[c] * z[c];
            }
        } else {
            inside.stream().forEach(c -> more[c] = alone);
        }
        if (checked && exposes(more, inside, alone)) {
            refused++;
            return false;
        }
        for (int c = 0; c < more.length; c++) {
            explained[c] += more[c];
        }
        inside.stream().forEach(c -> best[c] = Math.max(best[c], alone));
        if (row != null && z != null) {
            answers.add(inside);
            known.add(size);
            outputs.add(output);
            covered.add(parts);
            for (int i = 0; i + 1 < answers.size(); i++) {
                if (contains(answers.get(i), inside)) {
                    covered.get(i).merge(output, size, Double::sum);
                }
            }
            factor.add(row);
            solved.add(z);
        }
        return true;
    }

    /**
     * Where disjoint answers of one output inside of another answer have all of its persons, nobody is in the rest of it;
     * no estimate of sizes would quite get there.
     *
     * @return by output, the persons in answers inside the new one
     */
    private Map<String, Double> emptyWhatIsCovered(BitSet inside, double size, String output) {
        Map<String, Double> parts = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            if (contains(inside, answers.get(i))) {
                parts.merge(outputs.get(i), known.get(i), Double::sum);
            } else if (contains(answers.get(i), inside)
                    && covered.get(i).getOrDefault(output, 0.0) + size == known.get(i)) {
                BitSet rest = without(answers.get(i), output, answers.get(i));
                rest.andNot(inside);
                partition.empty(rest);
            }
        }
        parts.forEach((part, persons) -> {
            if (persons == size) {
                partition.empty(without(inside, part, inside));
            }
        });
        return parts;
    }

    /** A region without the answers of an output that lie within another. */
    private BitSet without(BitSet region, String output, BitSet within) {
        BitSet rest = (BitSet) region.clone();
        for (int i = 0; i < answers.size(); i++) {
            if (outputs.get(i).equals(output) && contains(within, answers.get(i))) {
                rest.andNot(answers.get(i));
            }
        }
        return rest;
    }

    private static boolean contains(BitSet large, BitSet small) {
        int first = small.nextSetBit(0);
        if (first >= 0 && !large.get(first)) {
            return false;
        }
        BitSet outside = (BitSet) small.clone();
        outside.andNot(large);
        return outside.isEmpty();
    }

    private boolean exposes(double[] more, BitSet inside, double alone) {
        for (int c = 0; c < more.length; c++) {
            double single = inside.get(c) ? Math.max(best[c], alone) : best[c];
            double share = explained[c] + more[c];
            // What may be explained of anybody is asked first: the other bound costs an arc sine for each class.
            if (share > allowedOfAll && partition.sizeOf(c) > 0 && more[c] > 0 && share > allowed(single)) {
                return true;
            }
        }
        return false;
    }

    /** The share that may be explained where one answer alone explains {@code single}. */
    private double allowed(double single) {
        double sine = Math.sin(Math.min(Math.PI / 2, Math.PI * margin + Math.asin(Math.sqrt(Math.min(1, single)))));
        return sine * sine;
    }

    private void copyClass(int from) {
        int to = partition.size() - 1;
        if (to >= explained.length) {
            explained = Arrays.copyOf(explained, 2 * to);
            best = Arrays.copyOf(best, 2 * to);
        }
        explained[to] = explained[from];
        best[to] = best[from];
        for (int i = 0; i < solved.size(); i++) {
            double[] z = solved.get(i);
            if (to >= z.length) {
                z = Arrays.copyOf(z, 2 * to);
                solved.set(i, z);
            }
            z[to] = z[from];
            answers.get(i).set(to, answers.get(i).get(from));
        }
    }

    /** The new region to its size, then the others once more to theirs. */
    private void fit(BitSet inside, double size) {
        partition.fit(inside, size);
        for (int i = 0; i < answers.size(); i++) {
            partition.fit(answers.get(i), known.get(i));
        }
        partition.fit(inside, size);
    }

    private double[] factorRow(BitSet inside) {
        int n = answers.size();
        double[] row = new double[n + 1];
        // The cells of one output are disjoint, so that most of a row is zero.
        int[] filled = new int[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            double shared = shared(inside, answers.get(i));
            double[] at = factor.get(i);
            for (int k = 0; k < count; k++) {
                shared -= at[filled[k]] * row[filled[k]];
            }
            row[i] = shared / at[i];
            if (row[i] != 0) {
                filled[count++] = i;
            }
        }
        double rest = partition.sizeOf(inside) + noise;
        for (int i = 0; i < n; i++) {
            rest -= row[i] * row[i];
        }
        // Never below the noise in exact arithmetic; estimated sizes move a little between answers.
        row[n] = Math.sqrt(Math.max(rest, noise));
        return row;
    }

    /** Persons in both regions. */
    private double shared(BitSet one, BitSet other) {
        if (!one.intersects(other)) {
            return 0;
        }
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return partition.sizeOf(both);
    }

    private double[] solvedRow(BitSet inside, double[] row) {
        double[] z = new double[partition.size()];
        inside.stream().forEach(c -> z[c] = 1);
        for (int i = 0; i < answers.size(); i++) {
            double[] above = solved.get(i);
            double weight = row[i];
            if (weight == 0) {
                continue;
            }
            for (int c = 0; c < z.length; c++) {
                z[c] -= weight * above[c];
            }
        }
        for (int c = 0; c < z.length; c++) {
            z[c] /= row[answers.size()];
        }
        return z;
    }
}
