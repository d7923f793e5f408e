package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * A privacy clause's budget as parties may rather say it: all answers to the recipient together, and each query by itself,
 * are (epsilon, delta)-differentially private. Half of delta goes to the conversion into rho, the other half to group keys
 * of few units, and data elements, over all that is asked.
 *
 * <p>Converted by Bun and Steinke 2016, proposition 1.3: rho-zCDP is (rho + 2 sqrt(rho ln(1/delta)), delta)-differentially
 * private. Tighter conversions would give a larger rho for the same epsilon; this one errs to the side of privacy, can be
 * worked out by hand, and is rounded down to whole millionths.
 *
 * @param recipientEpsilon of everything that the recipient is told, above 0 and at most 100
 * @param queryEpsilon of one query, above 0 and at most {@code recipientEpsilon}
 * @param delta from 10^-11 to 10^-6
 */
public record StatedPrivacy(BigDecimal recipientEpsilon, BigDecimal queryEpsilon, BigDecimal delta) {
    private static final BigDecimal MOST_EPSILON = new BigDecimal(100);
    private static final BigDecimal LEAST_DELTA = new BigDecimal("1e-11");
    private static final BigDecimal MOST_DELTA = new BigDecimal("1e-6");
    /** Keeps a rounding of floating point from lifting rho to the next millionth. */
    private static final double ROUNDING = 1 - 1e-12;

    public StatedPrivacy {
        recipientEpsilon = recipientEpsilon.stripTrailingZeros();
        queryEpsilon = queryEpsilon.stripTrailingZeros();
        delta = delta.stripTrailingZeros();
        require("recipientEpsilon", recipientEpsilon.signum() > 0 && recipientEpsilon.compareTo(MOST_EPSILON) <= 0);
        require("queryEpsilon", queryEpsilon.signum() > 0 && queryEpsilon.compareTo(recipientEpsilon) <= 0);
        require("delta", delta.compareTo(LEAST_DELTA) >= 0 && delta.compareTo(MOST_DELTA) <= 0);
    }

    /** Most rho of everything that the recipient is told, in millionths. */
    public long recipientRhoMicros() {
        return rhoMicros(recipientEpsilon);
    }

    /** Most rho of one query, in millionths. */
    public long queryRhoMicros() {
        return rhoMicros(queryEpsilon);
    }

    /** Most delta that all the recipient's selections of group keys, and data elements, may have together, in trillionths. */
    public long keysDeltaPicos() {
        return delta.movePointRight(12).longValue() / 2;
    }

    private long rhoMicros(BigDecimal epsilon) {
        double log = -StrictMath.log(delta.doubleValue() / 2);
        double root = StrictMath.sqrt(log + epsilon.doubleValue()) - StrictMath.sqrt(log);
        return (long) StrictMath.floor(root * root * PrivacyClause.RHO * ROUNDING);
    }

    private static void require(String name, boolean holds) {
        if (!holds) {
            throw new JsonException("Member '" + name + "' of a stated privacy must be "
                    + switch (name) {
                        case "recipientEpsilon" -> "above 0 and at most 100.";
                        case "queryEpsilon" -> "above 0 and at most 'recipientEpsilon'.";
                        default -> "from 1e-11 to 1e-6.";
                    });
        }
    }

    Map<String, Object> toJson() {
        return Json.object("recipientEpsilon", recipientEpsilon, "queryEpsilon", queryEpsilon, "delta", delta);
    }

    static StatedPrivacy parse(JsonObject json) {
        json.onlyMembers(Set.of("recipientEpsilon", "queryEpsilon", "delta"));
        return new StatedPrivacy(json.decimal("recipientEpsilon"), json.decimal("queryEpsilon"), json.decimal("delta"));
    }
}
