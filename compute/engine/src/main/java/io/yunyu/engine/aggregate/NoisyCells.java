package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.ClampingBounds;
import io.yunyu.engine.aggregate.Figure.Kind;
import io.yunyu.engine.privacy.ExactDraws;
import io.yunyu.engine.privacy.GaussianThreshold;
import io.yunyu.engine.privacy.KeyedBits;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.jspecify.annotations.Nullable;

/**
 * Puts noise on bounded cells and decides which of them show. A cell's noise is drawn exactly, from bits that a keyed
 * function gives for the query, the cell's labels and its exact numbers: computed again, here or elsewhere, it is the same
 * noise on the same numbers; and numbers that are not the same have noise that has nothing to do with it, so that no
 * subtraction takes it off. Everything after that is a function of noisy numbers only.
 */
final class NoisyCells {
    private final NoisePlan plan;
    private final byte[] queryKey;
    private final int maxCells;

    /**
     * @param queryKey secret of this query alone
     * @param maxCells most cells that may show
     */
    NoisyCells(NoisePlan plan, byte[] queryKey, int maxCells) {
        this.plan = plan;
        this.queryKey = queryKey;
        this.maxCells = maxCells;
    }

    /**
     * The cells that show; empty if they are too many, which is told by noisy numbers.
     *
     * @param cells in any order, taken one by one
     */
    Optional<ProtectedCells> of(Iterator<BoundedCell> cells) {
        List<ProtectedCells.Line> rows = new ArrayList<>();
        if (plan.hasPublicKeys()) {
            Map<List<@Nullable Object>, BoundedCell> found = new HashMap<>();
            cells.forEachRemaining(cell -> found.put(cell.labels(), cell));
            combinations(
                    0,
                    new ArrayList<>(),
                    labels -> rows.add(line(labels, noisy(found.getOrDefault(labels, empty(labels))))));
        } else {
            while (cells.hasNext()) {
                BoundedCell cell = cells.next();
                shown(cell).ifPresent(numbers -> rows.add(line(cell.labels(), numbers)));
                if (rows.size() > maxCells) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(ProtectedCells.sorted(plan.cells(), rows, new TreeMap<>()));
    }

    private interface Labels {
        void take(List<@Nullable Object> labels);
    }

    private void combinations(int key, List<@Nullable Object> labels, Labels to) {
        if (key == plan.domains().size()) {
            to.take(List.copyOf(labels));
            return;
        }
        for (Object label : plan.domains().get(key).labels()) {
            labels.add(label);
            combinations(key + 1, labels, to);
            labels.remove(labels.size() - 1);
        }
    }

    private BoundedCell empty(List<@Nullable Object> labels) {
        return new BoundedCell(
                labels, 0, plan.figures().stream().map(f -> BigInteger.ZERO).toList(), Map.of());
    }

    /** The cell's noisy numbers, or none if it must not show. */
    private Optional<List<BigInteger>> shown(BoundedCell cell) {
        if (plan.selection().isEmpty()) {
            return Optional.of(noisy(cell));
        }
        long below = plan.cells().query().grant().protection().minUnits() - 1L;
        if (cell.units() <= below) {
            return Optional.empty();
        }
        ExactDraws draws = draws(cell);
        List<BigInteger> numbers = noisy(cell, draws);
        boolean kept = plan.selectionRhoMicros() == 0
                ? ((GaussianThreshold) plan.selection().get())
                        .keepNoisy(numbers.get(plan.position(Kind.UNITS, -1)).subtract(BigInteger.valueOf(below)))
                : plan.selection().get().keep(cell.units() - below, draws);
        return kept ? Optional.of(numbers) : Optional.empty();
    }

    private List<BigInteger> noisy(BoundedCell cell) {
        return noisy(cell, draws(cell));
    }

    private List<BigInteger> noisy(BoundedCell cell, ExactDraws draws) {
        List<BigInteger> numbers = new ArrayList<>();
        for (int i = 0; i < plan.figures().size(); i++) {
            numbers.add(cell.figures().get(i).add(plan.figures().get(i).noise().draw(draws)));
        }
        for (Quantile quantile : plan.quantiles()) {
            int point = quantile.choice().draw(weights(cell, quantile), draws);
            numbers.add(BigInteger.valueOf(quantile.grid().value(point)));
        }
        return numbers;
    }

    private static long[] weights(BoundedCell cell, Quantile quantile) {
        return cell.weights()
                .getOrDefault(quantile.measure(), new long[quantile.grid().points()]);
    }

    private ExactDraws draws(BoundedCell cell) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            for (Object label : cell.labels()) {
                byte[] text = String.valueOf(label).getBytes(StandardCharsets.UTF_8);
                out.writeInt(label == null ? -1 : text.length);
                out.write(text);
            }
            out.writeLong(cell.units());
            for (BigInteger figure : cell.figures()) {
                byte[] number = figure.toByteArray();
                out.writeInt(number.length);
                out.write(number);
            }
            for (Quantile quantile : plan.quantiles()) {
                for (long weight : weights(cell, quantile)) {
                    out.writeLong(weight);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written.", e);
        }
        return new ExactDraws(KeyedBits.of(queryKey, bytes.toByteArray()));
    }

    private ProtectedCells.Line line(List<@Nullable Object> labels, List<BigInteger> numbers) {
        List<@Nullable Object> values = new ArrayList<>(labels);
        List<CellMark> marks = new ArrayList<>();
        for (CellPlan.Value value : plan.cells().values()) {
            Object shown = typed(value.attribute().dataType(), published(value, numbers));
            marks.add(shown == null ? CellMark.NONE : CellMark.NOISE);
            values.add(shown);
        }
        return new ProtectedCells.Line(new GenericInternalRow(values.toArray()), marks);
    }

    private @Nullable BigDecimal published(CellPlan.Value value, List<BigInteger> numbers) {
        return switch (value.kind()) {
            case UNITS -> count(numbers, Kind.UNITS, -1);
            case ROWS -> count(numbers, Kind.ROWS, -1);
            case NON_MISSING -> count(numbers, Kind.NON_MISSING, value.measure());
            case SUM ->
                new BigDecimal(
                        numbers.get(plan.position(Kind.SUM, value.measure())),
                        bounds(value).decimals());
            case MEAN -> mean(value, numbers);
            case QUANTILE ->
                new BigDecimal(
                        numbers.get(plan.position(value.quantile())),
                        bounds(value).decimals());
            case VARIANCE -> variance(value, numbers);
            case DEVIATION -> {
                BigDecimal variance = variance(value, numbers);
                yield variance == null ? null : PrivateSpread.deviation(variance);
            }
        };
    }

    private BigDecimal count(List<BigInteger> numbers, Kind kind, int measure) {
        return new BigDecimal(numbers.get(plan.position(kind, measure)).max(BigInteger.ZERO));
    }

    /** None where the noisy count leaves nothing to divide by. */
    private @Nullable BigDecimal mean(CellPlan.Value value, List<BigInteger> numbers) {
        BigDecimal counted = count(numbers, Kind.NON_MISSING, value.measure());
        if (counted.signum() == 0) {
            return null;
        }
        ClampingBounds bounds = bounds(value);
        int scale = bounds.decimals() + 2;
        BigDecimal distance =
                new BigDecimal(numbers.get(plan.position(Kind.CENTRED, value.measure())), bounds.decimals());
        return BigDecimal.valueOf(NoisePlan.middle(bounds), bounds.decimals())
                .add(distance.divide(counted, scale, RoundingMode.HALF_EVEN))
                .max(bounds.lower())
                .min(bounds.upper());
    }

    /** None where the noisy count leaves no degree of freedom. */
    private @Nullable BigDecimal variance(CellPlan.Value value, List<BigInteger> numbers) {
        BigDecimal counted = count(numbers, Kind.NON_MISSING, value.measure());
        if (counted.compareTo(BigDecimal.ONE) <= 0) {
            return null;
        }
        return new PrivateSpread(bounds(value))
                .variance(
                        counted,
                        numbers.get(plan.position(Kind.CENTRED, value.measure())),
                        numbers.get(plan.position(Kind.SUM, plan.cells().squaresOf(value.measure()))));
    }

    private ClampingBounds bounds(CellPlan.Value value) {
        return plan.bounds().get(value.measure()).orElseThrow();
    }

    /** In the type that the query's aggregate has, or null if it does not fit. */
    private static @Nullable Object typed(DataType type, @Nullable BigDecimal value) {
        if (value == null) {
            return null;
        }
        if (type instanceof DecimalType d) {
            BigDecimal scaled = value.setScale(d.scale(), RoundingMode.HALF_EVEN);
            return scaled.precision() > d.precision() ? null : Decimal.apply(scaled, d.precision(), d.scale());
        }
        if (type instanceof DoubleType) {
            return value.doubleValue();
        }
        BigInteger whole = value.setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
        return whole.bitLength() >= Long.SIZE ? null : (Object) whole.longValueExact();
    }
}
