package io.yunyu.cli.dummy;

import io.yunyu.cli.generate.Draws;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.profile.Band;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

/** Values by the shares of a protected profile: even within a range. */
final class BandValues {
    private BandValues() {}

    static String draw(AttributeSpec attribute, List<Band> bands, Draws draws) {
        Band band = pick(bands, draws);
        if (band.isMissing()) {
            return ColumnValues.MISSING;
        }
        return band.value().orElseGet(() -> within(attribute, band, draws.unit()));
    }

    static Band pick(List<Band> bands, Draws draws) {
        int total = bands.stream().mapToInt(Band::percent).sum();
        int at = draws.below(total);
        for (Band band : bands) {
            at -= band.percent();
            if (at < 0) {
                return band;
            }
        }
        throw new IllegalStateException("The shares do not add up to their total.");
    }

    private static String within(AttributeSpec attribute, Band band, double place) {
        String from = band.from().orElseThrow();
        String until = band.until().orElseThrow();
        if (attribute.type().equals("DATE") || attribute.type().equals("TIMESTAMP")) {
            LocalDate first = LocalDate.parse(from);
            long days = LocalDate.parse(until).toEpochDay() - first.toEpochDay();
            String day = first.plusDays((long) (place * days)).toString();
            return attribute.type().equals("DATE") ? day : day + " 10:00:00";
        }
        BigDecimal low = new BigDecimal(from);
        BigDecimal width = new BigDecimal(until).subtract(low);
        return low.add(width.multiply(BigDecimal.valueOf(place)))
                .setScale(scale(attribute), RoundingMode.FLOOR)
                .max(low.setScale(scale(attribute), RoundingMode.CEILING))
                .toPlainString();
    }

    private static int scale(AttributeSpec attribute) {
        String type = attribute.type();
        if (type.startsWith("DECIMAL")) {
            return Math.min(2, Integer.parseInt(type.substring(type.indexOf(',') + 1, type.length() - 1)));
        }
        return type.equals("DOUBLE") ? 2 : 0;
    }
}
