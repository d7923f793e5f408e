package io.yunyu.api.page;

import io.yunyu.api.budget.Balance;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One account of the privacy budget as a bar, drawn on the server: spent, reserved, left.
 *
 * @param recipient organization, or empty for the family's total
 * @param spent and the following three: rho as text
 * @param epsilon upper bound at delta 10^-6 of what is spent, as text
 * @param spentWidth in pixels of {@value #WIDTH}
 * @param reservedWidth the same
 */
public record BudgetBar(
        String family,
        String recipient,
        String spent,
        String reserved,
        String left,
        String limit,
        String epsilon,
        int spentWidth,
        int reservedWidth) {
    static final int WIDTH = 240;

    static BudgetBar of(Balance balance) {
        long limit = balance.limit().rhoMicros();
        return new BudgetBar(
                balance.family(),
                balance.recipient(),
                rho(balance.spent().rhoMicros()),
                rho(balance.reserved().rhoMicros()),
                rho(balance.left().rhoMicros()),
                rho(limit),
                BigDecimal.valueOf(balance.epsilonAtMost())
                        .setScale(2, RoundingMode.UP)
                        .toPlainString(),
                width(balance.spent().rhoMicros(), limit),
                width(balance.reserved().rhoMicros(), limit));
    }

    private static int width(long rhoMicros, long limit) {
        return (int) Math.min(WIDTH, Math.ceil((double) rhoMicros * WIDTH / limit));
    }

    private static String rho(long micros) {
        return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    }
}
