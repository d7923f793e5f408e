package io.yunyu.anonymizer.masking;

import io.yunyu.anonymizer.data.InputException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Rounds numbers to the nearest multiple, halves away from zero.
 *
 * @param multiple positive
 */
public record Rounding(BigDecimal multiple) implements Masking {
    public Rounding {
        if (multiple.signum() <= 0) {
            throw new InputException("masking round needs a positive multiple, got " + multiple.toPlainString() + ".");
        }
    }

    @Override
    public String masked(String value) {
        BigDecimal rounded =
                Numbers.parse(value).divide(multiple, 0, RoundingMode.HALF_UP).multiply(multiple);
        return rounded.setScale(Math.max(0, multiple.stripTrailingZeros().scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    @Override
    public String label() {
        return "round(multiple=" + multiple.toPlainString() + ")";
    }

    @Override
    public boolean keepsMeaning() {
        return true;
    }

    @Override
    public boolean hidesIdentity() {
        return false;
    }
}
