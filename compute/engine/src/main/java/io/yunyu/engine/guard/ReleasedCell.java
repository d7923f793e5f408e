package io.yunyu.engine.guard;

import java.util.List;

/**
 * A cell of which something was published, or may be once it is reviewed.
 *
 * @param region which records belong to it
 * @param units its distinct units
 * @param values what was published of it, at least one
 */
public record ReleasedCell(Region region, long units, List<Value> values) {
    public ReleasedCell {
        values = List.copyOf(values);
    }

    /**
     * A published value.
     *
     * @param aspect what it is a value of: {@code units}, {@code rows}, {@code count:COLUMN} or {@code sum:COLUMN}
     * @param contributors sketch of the units that contribute to it
     * @param sketch of these units with what each contributes
     * @param published the protected value, as it was answered
     */
    public record Value(String aspect, SetSketch contributors, SetSketch sketch, double published) {
        /** Names no value. */
        @Override
        public String toString() {
            return "Value[" + aspect + "]";
        }
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "ReleasedCell[" + values.size() + " values]";
    }
}
