package io.yunyu.engine.tabulate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One measure of a protected table.
 *
 * @param cells by number of the cell; null where the cell is not shown
 * @param whole whether its values are whole numbers
 * @param decimals of published values; empty leaves all digits
 * @param notes what a reader must know, by key of a note of {@link TabulationPage}
 * @param subtraction which withheld cells the published ones give back
 */
record MeasureResult(
        String name,
        @Nullable CellResult[] cells,
        boolean whole,
        OptionalInt decimals,
        List<String> notes,
        SubtractionAudit.Findings subtraction) {
    /** Of a method that lets nothing be subtracted, or before it was looked at. */
    MeasureResult(String name, @Nullable CellResult[] cells, boolean whole, OptionalInt decimals, List<String> notes) {
        this(name, cells, whole, decimals, notes, SubtractionAudit.Findings.NONE);
    }

    /** With what subtraction gives back, which is noted. */
    MeasureResult with(SubtractionAudit.Findings found, String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new MeasureResult(name, cells, whole, decimals, List.copyOf(more), found);
    }
}
