package io.yunyu.engine.suppression;

/**
 * How uncertain a withheld cell must remain to an attacker who knows the published table, and possibly one more cell.
 *
 * @param cell the cell, which is withheld
 * @param lower the attacker must not be able to exclude its value minus this, at least 0
 * @param upper the attacker must not be able to exclude its value plus this, at least 0
 * @param known a cell whose value the attacker knows because all of it is his own contribution, or -1
 */
public record Requirement(int cell, double lower, double upper, int known) {
    public Requirement {
        if (!(lower >= 0) || !(upper >= 0) || Double.isInfinite(lower) || Double.isInfinite(upper)) {
            throw new IllegalArgumentException(
                    "A protection level is negative or not a finite number. Levels are distances from the cell's value.");
        }
        if (known == cell) {
            throw new IllegalArgumentException("An attacker who knows the cell needs no protection from himself.");
        }
    }

    /** Against an attacker who knows the published table only. */
    public static Requirement of(int cell, double lower, double upper) {
        return new Requirement(cell, lower, upper, -1);
    }

    double level(Direction direction) {
        return direction == Direction.UP ? upper : lower;
    }

    /** Names no level: it follows from the contributions. */
    @Override
    public String toString() {
        return "Requirement[cell=" + cell + "]";
    }
}
