package io.yunyu.anonymizer.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * Where the values of a dictionary stand on a line.
 *
 * @param rankOf for each code its rank, from 0; values that are equal but for their text share one
 * @param positions for each rank its place, ascending, 0 for the first and 1 for the last; 0 if there is one only
 */
public record ValueOrder(int[] rankOf, double[] positions) {
    /**
     * Values of which some are missing: these stand below all others, as one.
     *
     * @param isMissing by code
     * @throws InputException as {@link DataType#order}
     */
    public static ValueOrder withMissing(DataType type, String column, List<String> dictionary, BitSet isMissing) {
        int stand = isMissing.nextClearBit(0);
        if (stand == dictionary.size()) {
            return new ValueOrder(new int[stand], new double[1]);
        }
        // A value that is there stands in for what is missing, so that errors name the others by their places.
        List<String> present = new ArrayList<>(dictionary);
        isMissing.stream().forEach(code -> present.set(code, dictionary.get(stand)));
        ValueOrder order = type.order(column, present);
        int[] ranks = new int[order.rankOf.length];
        for (int code = 0; code < ranks.length; code++) {
            ranks[code] = isMissing.get(code) ? 0 : order.rankOf[code] + 1;
        }
        double[] places = new double[order.positions.length + 1];
        System.arraycopy(order.positions, 0, places, 1, order.positions.length);
        return new ValueOrder(ranks, places);
    }

    /** Number of different values. */
    public int ranks() {
        return positions.length;
    }

    /** Text at even distances, in the order of its UTF-16 code units. */
    static ValueOrder evenly(List<String> dictionary) {
        List<Integer> codes = DataType.Ordering.sorted(dictionary);
        int[] rankOf = new int[codes.size()];
        double[] positions = new double[codes.size()];
        for (int rank = 0; rank < rankOf.length; rank++) {
            rankOf[codes.get(rank)] = rank;
            positions[rank] = rankOf.length == 1 ? 0 : (double) rank / (rankOf.length - 1);
        }
        return new ValueOrder(rankOf, positions);
    }

    /** @param place of a key on the line, not falling where keys rise */
    static <K extends Comparable<? super K>> ValueOrder of(List<K> keys, Function<K, BigDecimal> place) {
        List<Integer> codes = DataType.Ordering.sorted(keys);
        int[] rankOf = new int[codes.size()];
        List<K> distinct = new ArrayList<>();
        for (int code : codes) {
            K key = keys.get(code);
            if (distinct.isEmpty() || distinct.get(distinct.size() - 1).compareTo(key) != 0) {
                distinct.add(key);
            }
            rankOf[code] = distinct.size() - 1;
        }
        double[] positions = new double[distinct.size()];
        if (positions.length > 1) {
            BigDecimal least = place.apply(distinct.get(0));
            // Rounded arithmetic: an exponent of a billion must not become as many digits.
            BigDecimal range = place.apply(distinct.get(positions.length - 1)).subtract(least, MathContext.DECIMAL64);
            for (int rank = 0; rank < positions.length; rank++) {
                positions[rank] = place.apply(distinct.get(rank))
                        .subtract(least, MathContext.DECIMAL64)
                        .divide(range, MathContext.DECIMAL64)
                        .doubleValue();
            }
        }
        return new ValueOrder(rankOf, positions);
    }
}
