package io.yunyu.anonymizer.masking;

import io.yunyu.anonymizer.data.InputException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Numbers below the bottom read {@code <bottom}, numbers from the top on {@code >=top}: rare extremes hide in the tails.
 *
 * @param bottom values below it are coded; null for none
 * @param top values from it on are coded, above the bottom; null for none
 */
public record TopBottomCoding(@Nullable BigDecimal bottom, @Nullable BigDecimal top) implements Masking {
    public TopBottomCoding {
        if (bottom == null && top == null) {
            throw new InputException("topBottomCoding needs a bottom, a top, or both.");
        }
        if (bottom != null && top != null && bottom.compareTo(top) >= 0) {
            throw new InputException("topBottomCoding's bottom must lie below its top.");
        }
    }

    @Override
    public String masked(String value) {
        BigDecimal number = Numbers.parse(value);
        if (bottom != null && number.compareTo(bottom) < 0) {
            return "<" + bottom.toPlainString();
        }
        return top != null && number.compareTo(top) >= 0 ? ">=" + top.toPlainString() : value;
    }

    @Override
    public String label() {
        return "topBottomCoding("
                + (bottom == null ? "" : "bottom=" + bottom.toPlainString())
                + (bottom != null && top != null ? ", " : "")
                + (top == null ? "" : "top=" + top.toPlainString()) + ")";
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
