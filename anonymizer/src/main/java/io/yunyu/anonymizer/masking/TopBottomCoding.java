package io.yunyu.anonymizer.masking;

import io.yunyu.anonymizer.data.InputException;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Numbers below the bottom read {@code <bottom}, numbers from the top on {@code >=top}: rare extremes hide in the tails.
 *
 * @param bottom values below it are coded
 * @param top values from it on are coded; above the bottom
 */
public record TopBottomCoding(Optional<BigDecimal> bottom, Optional<BigDecimal> top) implements Masking {
    public TopBottomCoding {
        if (bottom.isEmpty() && top.isEmpty()) {
            throw new InputException("topBottomCoding needs a bottom, a top, or both.");
        }
        if (bottom.isPresent() && top.isPresent() && bottom.get().compareTo(top.get()) >= 0) {
            throw new InputException("topBottomCoding's bottom must lie below its top.");
        }
    }

    @Override
    public String masked(String value) {
        BigDecimal number = Numbers.parse(value);
        if (bottom.isPresent() && number.compareTo(bottom.get()) < 0) {
            return "<" + bottom.get().toPlainString();
        }
        return top.isPresent() && number.compareTo(top.get()) >= 0
                ? ">=" + top.get().toPlainString()
                : value;
    }

    @Override
    public String label() {
        return "topBottomCoding("
                + bottom.map(value -> "bottom=" + value.toPlainString()).orElse("")
                + (bottom.isPresent() && top.isPresent() ? ", " : "")
                + top.map(value -> "top=" + value.toPlainString()).orElse("") + ")";
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
