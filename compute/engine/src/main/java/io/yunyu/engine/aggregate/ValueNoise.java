package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.disclosure.ReviewFacts.ColumnNoise;
import io.yunyu.contract.disclosure.ReviewFacts.NoiseUnit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** How exact the values of a plan are: by the rules and the plan, not by any record or secret. */
final class ValueNoise {
    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_UP);

    private ValueNoise() {}

    /**
     * Cell-key noise. A count of units has the variance of the perturbation table; a count of rows follows the perturbed
     * units; the noise of a sum is a multiple of the cell's largest contribution and so is not told.
     */
    static List<ColumnNoise> cellKey(CellPlan plan, ProtectionRules rules) {
        BigDecimal ofCounts = number(Math.sqrt(rules.countVariance()));
        return plan.values().stream()
                .map(value -> switch (value.kind()) {
                    case UNITS -> ColumnNoise.of("units", ofCounts, NoiseUnit.VALUE);
                    case ROWS -> ColumnNoise.of("rows", ofCounts, NoiseUnit.UNITS);
                    case NON_MISSING -> ColumnNoise.of("count", ofCounts, NoiseUnit.UNITS);
                    case SUM ->
                        ColumnNoise.of("sum", number(CellProtection.NOISE_OF_SUM), NoiseUnit.LARGEST_CONTRIBUTION);
                    case MEAN -> ColumnNoise.of("mean");
                    case QUANTILE -> ColumnNoise.of("quantile");
                    case VARIANCE, DEVIATION -> ColumnNoise.of("spread");
                })
                .toList();
    }

    /** Of exact values. */
    static List<ColumnNoise> none(CellPlan plan) {
        return plan.values().stream()
                .map(value -> ColumnNoise.of(value.kind() == CellPlan.Kind.SUM ? "sum" : "rows"))
                .toList();
    }

    /** Noise of differential privacy, which the report gives too. */
    static List<ColumnNoise> gaussian(NoisePlan plan) {
        return plan.cells().values().stream()
                .map(value -> switch (value.kind()) {
                    case UNITS -> gaussian(plan, "units", Figure.Kind.UNITS, -1);
                    case ROWS -> gaussian(plan, "rows", Figure.Kind.ROWS, -1);
                    case NON_MISSING -> gaussian(plan, "count", Figure.Kind.NON_MISSING, value.measure());
                    case SUM -> gaussian(plan, "sum", Figure.Kind.SUM, value.measure());
                    case MEAN -> ColumnNoise.of("mean");
                    case QUANTILE -> ColumnNoise.of("quantile");
                    case VARIANCE, DEVIATION -> ColumnNoise.of("spread");
                })
                .toList();
    }

    private static ColumnNoise gaussian(NoisePlan plan, String word, Figure.Kind kind, int measure) {
        Figure figure = plan.figures().get(plan.position(kind, measure));
        return ColumnNoise.of(word, number(figure.noise().sigma() / figure.unitsOfOne()), NoiseUnit.VALUE);
    }

    /** Of an output column. */
    static ColumnNoise of(boolean label, ValueOrigin origin, List<ColumnNoise> values) {
        Optional<ColumnNoise> bare = origin.bare().map(values::get);
        return label || origin.values().isEmpty()
                ? ColumnNoise.of("label")
                : bare.orElseGet(() -> ColumnNoise.of("computed"));
    }

    private static BigDecimal number(double value) {
        return new BigDecimal(value).round(DIGITS);
    }
}
