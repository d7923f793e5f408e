package io.yunyu.contract.identifier;

import java.time.Clock;
import java.time.LocalDate;

/**
 * What the answer depends on besides the text: the day, and whether made-up regions pass.
 *
 * <p>Production keeps {@code allowSyntheticRegions} false; then test data that strayed into real data shows itself.
 */
public final class IdentifierRules {
    private final int todayYyyymmdd;
    private final boolean allowSyntheticRegions;

    private IdentifierRules(LocalDate today, boolean allowSyntheticRegions) {
        this.todayYyyymmdd = today.getYear() * 10_000 + today.getMonthValue() * 100 + today.getDayOfMonth();
        this.allowSyntheticRegions = allowSyntheticRegions;
    }

    /** Rules for real data: county part 99 is refused. A birth on {@code today} is accepted. */
    public static IdentifierRules production(LocalDate today) {
        return new IdentifierRules(today, false);
    }

    /** Rules for real data on the clock's day, in the clock's zone. The day is read once. */
    public static IdentifierRules production(Clock clock) {
        return production(LocalDate.now(clock));
    }

    /** Rules for demonstrations and tests: county part 99 passes as well. */
    public static IdentifierRules withSyntheticRegions(LocalDate today) {
        return new IdentifierRules(today, true);
    }

    boolean isFuture(int yyyymmdd) {
        return yyyymmdd > todayYyyymmdd;
    }

    boolean allowSyntheticRegions() {
        return allowSyntheticRegions;
    }
}
