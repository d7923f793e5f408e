package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Writes runs' groups as rows of agreed codes: {@code k0…} the packed quasi-identifiers, {@code h0…} the code of each
 * column with histograms, {@code u} the unit, {@code n} the number of records, {@code f} the order of the first.
 */
final class TupleCoding implements Serializable {
    private static final long serialVersionUID = 1;

    private final Dictionaries dictionaries;
    private final int words;
    private final int[] keyColumns;
    private final int[] word;
    private final int[] shift;
    private final int[] histogramColumns;

    /**
     * @param keyColumns position of each quasi-identifier among the runs' columns
     * @param histogramColumns position of each column with histograms
     */
    TupleCoding(Dictionaries dictionaries, QuasiIdentifiers packing, int[] keyColumns, int[] histogramColumns) {
        this.dictionaries = dictionaries;
        this.words = packing.words();
        this.keyColumns = keyColumns.clone();
        this.histogramColumns = histogramColumns.clone();
        this.word = new int[keyColumns.length];
        this.shift = new int[keyColumns.length];
        for (int i = 0; i < keyColumns.length; i++) {
            word[i] = packing.word(i);
            shift[i] = packing.shift(i);
        }
    }

    List<String> keys() {
        return names("k", words);
    }

    List<String> histograms() {
        return names("h", histogramColumns.length);
    }

    StructType schema() {
        StructType schema = new StructType();
        for (String key : keys()) {
            schema = schema.add(key, DataTypes.LongType, false);
        }
        for (String histogram : histograms()) {
            schema = schema.add(histogram, DataTypes.IntegerType, false);
        }
        return schema.add("u", DataTypes.LongType, false)
                .add("n", DataTypes.LongType, false)
                .add("f", DataTypes.LongType, false);
    }

    Iterator<Row> rows(LocalGroups run) {
        int columns = run.values.length;
        int[][] recoded = new int[columns][];
        for (int c = 0; c < columns; c++) {
            recoded[c] = dictionaries.recode(run, c);
        }
        return new Iterator<>() {
            private int group;

            @Override
            public boolean hasNext() {
                return group < run.counts.length;
            }

            @Override
            public Row next() {
                return row(run, recoded, group++);
            }
        };
    }

    private Row row(LocalGroups run, int[][] recoded, int group) {
        int at = group * recoded.length;
        long[] key = new long[words];
        for (int i = 0; i < keyColumns.length; i++) {
            int column = keyColumns[i];
            key[word[i]] |= (long) recoded[column][run.codes[at + column]] << shift[i];
        }
        Object[] cells = new Object[words + histogramColumns.length + 3];
        for (int w = 0; w < words; w++) {
            cells[w] = key[w];
        }
        for (int h = 0; h < histogramColumns.length; h++) {
            int column = histogramColumns[h];
            cells[words + h] = recoded[column][run.codes[at + column]];
        }
        cells[cells.length - 3] = run.units[group];
        cells[cells.length - 2] = run.counts[group];
        cells[cells.length - 1] = run.first[group];
        return RowFactory.create(cells);
    }

    private static List<String> names(String prefix, int number) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            names.add(prefix + i);
        }
        return names;
    }
}
