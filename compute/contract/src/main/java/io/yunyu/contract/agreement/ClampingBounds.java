package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;

/**
 * Between what values of a measure are cut off before they are added with differential privacy. Comes from the schema or
 * its owner's knowledge of it, never from the data, which bounds taken from it would give away.
 *
 * @param lower inclusive
 * @param upper inclusive, above {@code lower}
 * @param decimals digits after the point that are kept, 0..9
 */
public record ClampingBounds(BigDecimal lower, BigDecimal upper, int decimals) {
    /** Largest absolute bound in units of the last digit: sums stay exact in 64 bits whatever the number of units. */
    public static final BigInteger LARGEST = BigInteger.TEN.pow(15);

    public ClampingBounds {
        lower = lower.stripTrailingZeros();
        upper = upper.stripTrailingZeros();
        if (decimals < 0 || decimals > 9) {
            throw new JsonException("Member 'decimals' of clamping bounds must be 0 to 9.");
        }
        if (lower.compareTo(upper) >= 0) {
            throw new JsonException("Member 'lower' of clamping bounds must be below 'upper'.");
        }
        if (lower.scale() > decimals || upper.scale() > decimals) {
            throw new JsonException("Clamping bounds may have no more digits after the point than 'decimals' says.");
        }
        if (units(lower, decimals).abs().max(units(upper, decimals).abs()).compareTo(LARGEST) > 0) {
            throw new JsonException("Clamping bounds must stay within 10^15 units of their last digit.");
        }
    }

    /** In units of the last digit that is kept. */
    public long lowerUnits() {
        return units(lower, decimals).longValueExact();
    }

    public long upperUnits() {
        return units(upper, decimals).longValueExact();
    }

    /** Most that one value can add to a sum, in units of the last digit. */
    public long largestUnits() {
        return Math.max(Math.abs(lowerUnits()), Math.abs(upperUnits()));
    }

    private static BigInteger units(BigDecimal bound, int decimals) {
        return bound.movePointRight(decimals).toBigIntegerExact();
    }

    Map<String, Object> toJson() {
        return Json.object("lower", lower, "upper", upper, "decimals", decimals);
    }

    static ClampingBounds parse(JsonObject json) {
        json.onlyMembers(Set.of("lower", "upper", "decimals"));
        return new ClampingBounds(json.decimal("lower"), json.decimal("upper"), json.intValue("decimals"));
    }
}
