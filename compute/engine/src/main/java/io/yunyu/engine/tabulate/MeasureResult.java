package io.yunyu.engine.tabulate;

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
 */
record MeasureResult(
        String name, @Nullable CellResult[] cells, boolean whole, OptionalInt decimals, List<String> notes) {}
