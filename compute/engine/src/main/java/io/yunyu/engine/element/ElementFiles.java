package io.yunyu.engine.element;

import io.yunyu.engine.candidate.ElementTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * The files of a data element: {@code table.csv}, {@code table.parquet}, and its first records as {@code table.json}.
 * Every column is text.
 */
record ElementFiles(Map<String, byte[]> tables) {
    /**
     * Writes released records in an order drawn at random.
     *
     * @param seed of the order; nobody may know it afterwards
     * @param mostBytes bound of all files together
     * @return empty if they exceed the bound
     */
    static Optional<ElementFiles> of(Dataset<Row> released, long seed, long mostBytes) {
        String[] names = released.columns();
        Column[] texts = Arrays.stream(names)
                .map(name -> functions.col("`" + name.replace("`", "``") + "`").cast("string"))
                .toArray(Column[]::new);
        Iterator<Row> rows =
                released.select(texts).orderBy(functions.rand(seed)).toLocalIterator();
        ElementTables tables = new ElementTables(List.of(names), mostBytes);
        while (rows.hasNext()) {
            Row row = rows.next();
            List<@Nullable String> cells = new ArrayList<>(names.length);
            for (int i = 0; i < names.length; i++) {
                cells.add(row.getString(i));
            }
            if (!tables.add(cells)) {
                return Optional.empty();
            }
        }
        return tables.files().map(ElementFiles::new);
    }
}
