package io.yunyu.cli.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;

/**
 * Writes fictional tables of one world: people, firms, visits and payments that refer to each other.
 *
 * <p>Guarantees: equal settings give equal bytes; identifiers are formally valid, unique in their table and carry county
 * part 99; every reference of a row that is not listed as dirty has its target in the other table; memory does not grow
 * with the number of rows, and any range of indices can be written without those before it.
 *
 * <p>Does not promise family structure, medical sense beyond age, sex and department, or fitness for policy: only the
 * marginal shares follow published figures.
 *
 * <p>Not safe for use by several threads; make one generator each.
 */
public final class Generator {
    private static final long PROGRESS_EVERY = 1 << 14;

    private final GeneratorSettings settings;
    private final Firms firms;
    private final Population population;

    public Generator(GeneratorSettings settings) {
        this.settings = settings;
        this.firms = new Firms(settings);
        this.population = new Population(settings, firms);
    }

    /** Writes one table with the demonstration's settings; see {@link #write(Table, Path, Path, ProgressListener)}. */
    public static long write(
            Table table, long persons, long seed, boolean dirt, Path csv, Path dirtSideFile, ProgressListener listener)
            throws IOException {
        return new Generator(GeneratorSettings.of(persons, seed, dirt)).write(table, csv, dirtSideFile, listener);
    }

    /** The side file's customary place: beside the table, named {@code <table>.dirt.csv}. */
    public static Path dirtSideFile(Path csv) {
        String name = csv.getFileName().toString().replaceFirst("\\.csv$", "");
        return csv.resolveSibling(name + ".dirt.csv");
    }

    /** How many indices a table has: persons, or legal persons for {@link Table#LEGAL_BASE}. */
    public long units(Table table) {
        return rows(table).units();
    }

    /**
     * Writes a table as CSV (RFC 4180, UTF-8, header) and the list of its planted defects ({@code row_number,column,kind},
     * rows counted from 1 without the header; only the header if dirt is off). Existing files are replaced, and only
     * once both are complete.
     *
     * @return the number of rows, copies included
     */
    public long write(Table table, Path csv, Path dirtSideFile, ProgressListener listener) throws IOException {
        Path csvPart = csv.resolveSibling(csv.getFileName() + ".part");
        Path sidePart = dirtSideFile.resolveSibling(dirtSideFile.getFileName() + ".part");
        try {
            long rows;
            try (OutputStream out = Files.newOutputStream(csvPart);
                    OutputStream side = Files.newOutputStream(sidePart)) {
                rows = write(table, 0, units(table), out, side, listener);
            }
            Files.move(csvPart, csv, StandardCopyOption.REPLACE_EXISTING);
            Files.move(sidePart, dirtSideFile, StandardCopyOption.REPLACE_EXISTING);
            return rows;
        } finally {
            Files.deleteIfExists(csvPart);
            Files.deleteIfExists(sidePart);
        }
    }

    /** Writes the rows of the indices {@code from} (inclusive) to {@code to} (exclusive), each output with its header. */
    public long write(
            Table table, long from, long to, OutputStream csv, OutputStream dirtSideFile, ProgressListener listener)
            throws IOException {
        RowSource source = rows(table);
        if (from < 0 || from > to || to > source.units()) {
            throw new IllegalArgumentException("The indices " + from + " to " + to + " are not within 0 to "
                    + source.units() + " of " + table.tableName() + ".");
        }
        csv.write(header(table));
        dirtSideFile.write("row_number,column,kind\n".getBytes(StandardCharsets.UTF_8));
        Csv rows = new Csv(csv);
        Csv side = new Csv(dirtSideFile);
        RowSink sink = new RowSink(rows, side, settings, table, source.dirtRules());
        for (long unit = from; unit < to; unit++) {
            source.write(unit, sink);
            if ((unit - from + 1) % PROGRESS_EVERY == 0) {
                listener.progress(sink.rowCount(), unit - from + 1, to - from);
            }
        }
        rows.flush();
        side.flush();
        listener.progress(sink.rowCount(), to - from, to - from);
        return sink.rowCount();
    }

    private RowSource rows(Table table) {
        return switch (table) {
            case POP_BASE -> new PopBaseRows(settings, population);
            case LEGAL_BASE -> new LegalBaseRows(settings, population, firms);
            case MED_OUTPATIENT -> new MedOutpatientRows(settings, population);
            case SI_PAY -> new SiPayRows(settings, population, firms);
        };
    }

    private static byte[] header(Table table) {
        String names = table.columns().stream().map(GeneratedColumn::name).collect(Collectors.joining(","));
        return (names + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
