package io.yunyu.cli.generate;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of one table and lists the defects beside them. Decides which defect a row gets, at most one, and whether
 * a copy follows; the copy is listed as such and with the defect it repeats.
 */
final class RowSink {
    private static final int DUPLICATES_PER_100000 = 500;
    private static final byte[] DUPLICATE_ENTRY = WordList.utf8(DirtRule.WHOLE_ROW + "," + DirtKind.DUPLICATE);

    final Csv csv;
    private final Csv side;
    private final boolean dirty;
    private final Draws draws;
    private final DirtRule[] rules;
    private final byte[][] entries;
    private long rowCount;
    private boolean duplicate;

    RowSink(Csv csv, Csv side, GeneratorSettings settings, Table table, DirtRule[] rules) {
        this.csv = csv;
        this.side = side;
        this.dirty = settings.dirt();
        this.draws = new Draws(Draws.mix(settings.seed()) + table.ordinal(), Draws.Purpose.DIRT);
        this.rules = rules;
        this.entries = new byte[rules.length][];
        for (int i = 0; i < rules.length; i++) {
            entries[i] = WordList.utf8(rules[i].column() + "," + rules[i].kind());
        }
    }

    long rowCount() {
        return rowCount;
    }

    /** Begins the row with this number, which must be unique in the table; answers the defect to plant, mostly none. */
    @Nullable
    DirtRule beginRow(long number) {
        duplicate = false;
        if (!dirty) {
            return null;
        }
        draws.at(number);
        duplicate = draws.below(100_000) < DUPLICATES_PER_100000;
        int u = draws.below(100_000);
        for (DirtRule rule : rules) {
            u -= rule.per100000();
            if (u < 0) {
                return rule;
            }
        }
        return null;
    }

    /** Ends the row. @param planted the defect that the row really has */
    void endRow(@Nullable DirtRule planted) throws IOException {
        rowCount++;
        list(planted);
        if (duplicate) {
            rowCount++;
            list(planted);
            side.number(rowCount).text(DUPLICATE_ENTRY).endRow();
            csv.endRowTwice();
        } else {
            csv.endRow();
        }
    }

    private void list(@Nullable DirtRule planted) throws IOException {
        if (planted == null) {
            return;
        }
        for (int i = 0; i < rules.length; i++) {
            if (rules[i] == planted) {
                side.number(rowCount).text(entries[i]).endRow();
            }
        }
    }
}
