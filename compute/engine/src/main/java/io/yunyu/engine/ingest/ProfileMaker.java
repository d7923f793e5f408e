package io.yunyu.engine.ingest;

import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.profile.Band;
import io.yunyu.contract.profile.ProtectedProfile;
import io.yunyu.engine.privacy.DiscreteGaussian;
import io.yunyu.engine.privacy.ExactDraws;
import io.yunyu.engine.privacy.GaussianThreshold;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the protected profile of a batch from a sample of its units: one histogram per column, with discrete Gaussian
 * noise on every count, and only parts whose noisy count reaches a threshold that {@code minUnits - 1} units reach with
 * negligible probability (delta). Adding or removing a unit changes at most two counts of a histogram by one each: its
 * own, and that of the unit whose place in the sample it takes. All histograms together cost {@value #RHO_MICROS}
 * micro-rho of zCDP (Bun and Steinke 2016) and {@value #DELTA_PICOS} e-12 of delta.
 */
final class ProfileMaker {
    static final long RHO_MICROS = 250_000;
    static final long DELTA_PICOS = 1_000;
    private static final int CHANGED_COUNTS = 2;
    private static final long[] RECORDS = {1, 2, 3, 6, 11, 21, 51, 101};

    private final int minUnits;
    private final ExactDraws draws;
    private final DiscreteGaussian noise;
    private final long threshold;

    private ProfileMaker(int minUnits, int histograms, ExactDraws draws) {
        this.minUnits = minUnits;
        this.draws = draws;
        this.noise = DiscreteGaussian.forRho(RHO_MICROS, BigInteger.valueOf((long) CHANGED_COUNTS * histograms));
        this.threshold = GaussianThreshold.of(noise, DELTA_PICOS / 1e12 / histograms, CHANGED_COUNTS)
                        .threshold()
                + minUnits
                - 1;
    }

    /** @param minUnits least number of units behind every part that is told */
    static ProtectedProfile make(
            UnitSample sample, List<AttributeSpec> attributes, String unitColumn, int minUnits, ExactDraws draws) {
        List<Integer> told = new ArrayList<>();
        for (int i = 0; i < attributes.size(); i++) {
            if (isTold(attributes.get(i), unitColumn)) {
                told.add(i);
            }
        }
        ProfileMaker maker = new ProfileMaker(minUnits, told.size() + 1, draws);
        Collection<UnitSample.Member> members = sample.members();
        List<Band> records = maker.bands(UnitSample.counts(members, m -> records(m.records())));
        Map<String, List<Band>> columns = new TreeMap<>();
        for (int column : told) {
            List<Band> bands = maker.bands(UnitSample.counts(members, m -> m.label(column)));
            if (!bands.isEmpty()) {
                columns.put(attributes.get(column).name(), bands);
            }
        }
        return new ProtectedProfile(maker.minUnits, RHO_MICROS, DELTA_PICOS, records, columns);
    }

    private static boolean isTold(AttributeSpec attribute, String unitColumn) {
        return attribute.role() != AttributeRole.DIRECT_IDENTIFIER
                && attribute.identifier().isEmpty()
                && !attribute.name().equalsIgnoreCase(unitColumn);
    }

    private static @Nullable String records(long records) {
        for (int i = 1; i < RECORDS.length; i++) {
            if (records < RECORDS[i]) {
                return ProfileLabels.range(Long.toString(RECORDS[i - 1]), Long.toString(RECORDS[i]));
            }
        }
        return null;
    }

    private List<Band> bands(Map<String, Long> counts) {
        Map<String, Double> kept = new TreeMap<>();
        // In an order that does not depend on the batch's.
        new TreeMap<>(counts).forEach((label, count) -> {
            BigInteger noisy = noise.draw(draws).add(BigInteger.valueOf(count));
            if (noisy.compareTo(BigInteger.valueOf(threshold)) >= 0) {
                kept.put(label, noisy.doubleValue());
            }
        });
        double total = kept.values().stream().mapToDouble(Double::doubleValue).sum();
        List<Band> bands = new ArrayList<>();
        kept.forEach((label, noisy) -> bands.add(
                ProfileLabels.band(label, (int) Math.min(100, Math.max(1, Math.round(100 * noisy / total))))));
        return bands;
    }
}
