package io.yunyu.contract.dimension;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/** Calendar periods of a date or a time: nothing finer may be asked for, and comparisons are with their first days. */
public record Periods(Finest finest) implements Dimension {
    static final String KIND = "periods";

    /** From the finest to the coarsest. */
    public enum Finest {
        DAY,
        MONTH,
        QUARTER,
        YEAR
    }

    /** Whether a period begins with the day. */
    public boolean beginsWith(LocalDate day) {
        return switch (finest) {
            case DAY -> true;
            case MONTH -> day.getDayOfMonth() == 1;
            case QUARTER -> day.getDayOfMonth() == 1 && day.getMonthValue() % 3 == 1;
            case YEAR -> day.getDayOfYear() == 1;
        };
    }

    /** Whether groups of this period are no finer than what is declared. */
    public boolean allows(Finest period) {
        return period.compareTo(finest) >= 0;
    }

    @Override
    public boolean fits(String type) {
        return type.equals("DATE") || type.equals("TIMESTAMP");
    }

    @Override
    public Map<String, Object> toJson() {
        return Json.object("kind", KIND, "finest", finest.name());
    }

    static Periods parse(JsonObject json) {
        json.onlyMembers(Set.of("kind", "finest"));
        return new Periods(json.enumValue("finest", Finest.class));
    }
}
