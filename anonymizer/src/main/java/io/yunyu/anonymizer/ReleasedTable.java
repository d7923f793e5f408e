package io.yunyu.anonymizer;

import io.yunyu.anonymizer.AnonymizationResult.RowSink;
import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DelimitedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records as they are released, row after row in input order. A record is its class's texts and the values of columns
 * that are released as they are; to write it, the texts are encoded once and not for each record.
 */
final class ReleasedTable {
    /** Most texts of a column that are kept encoded; values of a column that hardly repeat are encoded as they come. */
    private static final int MOST_ENCODED = 1 << 16;

    /** As many whole lines, where the class says it all, are made in any case; more only if classes have records enough. */
    private static final int MOST_LINES = 1 << 18;

    private static final int RECORDS_PER_LINE = 16;

    private final GroupedMicrodata data;
    private final boolean[] suppressed;
    private final int[] classOfTuple;
    private final List<ReleasedColumn> columns;

    ReleasedTable(
            GroupedMicrodata data, AnonymizedClasses anonymized, int[] classOfTuple, List<ReleasedColumn> columns) {
        this.data = data;
        this.suppressed = anonymized.suppressed();
        this.classOfTuple = classOfTuple;
        this.columns = List.copyOf(columns);
    }

    /** What a column shows: a text of its row, or of its row's class. */
    interface ReleasedColumn {
        /** @param shown whether the record is under study and not suppressed */
        String cell(int row, int equivalenceClass, boolean shown);

        /** Position of the cell's text among {@link #texts}. */
        int text(int row, int equivalenceClass, boolean shown);

        /** All texts that the column shows. */
        List<String> texts();

        /** Whether the class says what is shown, whatever the row. */
        boolean isOfClass();
    }

    /** The same for every record. */
    static ReleasedColumn constant(String text) {
        return ofClass(new String[0], text);
    }

    /** A text per class; {@code hidden} for records that are not shown, and where there is no class. */
    static ReleasedColumn ofClass(String[] labels, String hidden) {
        Map<String, Integer> textOf = new HashMap<>();
        List<String> texts = new ArrayList<>(List.of(hidden));
        int[] textOfClass = new int[labels.length];
        for (int c = 0; c < labels.length; c++) {
            Integer known = textOf.putIfAbsent(labels[c], texts.size());
            textOfClass[c] = known == null ? texts.size() : known;
            if (known == null) {
                texts.add(labels[c]);
            }
        }
        return new ReleasedColumn() {
            @Override
            public String cell(int row, int c, boolean shown) {
                return texts.get(text(row, c, shown));
            }

            @Override
            public int text(int row, int c, boolean shown) {
                return shown && c < textOfClass.length ? textOfClass[c] : 0;
            }

            @Override
            public List<String> texts() {
                return texts;
            }

            @Override
            public boolean isOfClass() {
                return true;
            }
        };
    }

    /** The values as they are. */
    static ReleasedColumn ofRows(Column column) {
        return new ReleasedColumn() {
            @Override
            public String cell(int row, int c, boolean shown) {
                return column.value(row);
            }

            @Override
            public int text(int row, int c, boolean shown) {
                return column.code(row);
            }

            @Override
            public List<String> texts() {
                return column.dictionary();
            }

            @Override
            public boolean isOfClass() {
                return false;
            }
        };
    }

    void forEachRow(RowSink sink) throws IOException {
        for (int row = 0; row < data.rowCount(); row++) {
            int c = classOfTuple[data.tupleOfRow(row)];
            boolean shown = isShown(row, c);
            List<String> cells = new ArrayList<>(columns.size());
            for (ReleasedColumn column : columns) {
                cells.add(column.cell(row, c, shown));
            }
            sink.accept(cells);
        }
    }

    private boolean isShown(int row, int c) {
        return data.isStudied(row) && !suppressed[c];
    }

    void write(DelimitedWriter writer) throws IOException {
        long mostLines = Math.max(MOST_LINES, data.rowCount() / RECORDS_PER_LINE);
        if (columns.stream().allMatch(ReleasedColumn::isOfClass) && suppressed.length <= mostLines) {
            writeLines(writer);
            return;
        }
        byte[][][] encoded = new byte[columns.size()][][];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = encoded(columns.get(i), writer);
        }
        for (int row = 0; row < data.rowCount(); row++) {
            int c = classOfTuple[data.tupleOfRow(row)];
            boolean shown = isShown(row, c);
            for (int i = 0; i < encoded.length; i++) {
                ReleasedColumn column = columns.get(i);
                byte[][] texts = encoded[i];
                writer.writeCell(
                        texts.length == 0
                                ? writer.encode(column.cell(row, c, shown))
                                : texts[column.text(row, c, shown)]);
            }
            writer.endRecord();
        }
    }

    private static byte[][] encoded(ReleasedColumn column, DelimitedWriter writer) {
        List<String> texts = column.texts();
        return texts.size() > MOST_ENCODED
                ? new byte[0][]
                : texts.stream().map(writer::encode).toArray(byte[][]::new);
    }

    /** The class says the whole record: its line is made once. */
    private void writeLines(DelimitedWriter writer) throws IOException {
        @Nullable byte[][] lines = new byte[suppressed.length][];
        byte[] hidden = line(0, false, writer);
        for (int row = 0; row < data.rowCount(); row++) {
            int c = classOfTuple[data.tupleOfRow(row)];
            if (!isShown(row, c)) {
                writer.writeRecord(hidden);
                continue;
            }
            byte[] line = lines[c];
            if (line == null) {
                line = line(c, true, writer);
                lines[c] = line;
            }
            writer.writeRecord(line);
        }
    }

    private byte[] line(int c, boolean shown, DelimitedWriter writer) {
        return writer.encodeRecord(
                columns.stream().map(column -> column.cell(0, c, shown)).toList());
    }
}
