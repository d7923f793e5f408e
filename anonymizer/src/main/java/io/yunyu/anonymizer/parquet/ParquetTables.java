package io.yunyu.anonymizer.parquet;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a Parquet file of flat columns. Values become the text that a CSV file would hold: whole numbers and decimals in
 * plain digits, dates as 2026-11-25, truth values as true and false, null as {@code NULL}.
 */
public final class ParquetTables {
    private static final String PLAIN = "PAR1";
    private static final String ENCRYPTED = "PARE";

    private ParquetTables() {}

    /** Whether a file begins as Parquet files do; false if it cannot be read. */
    public static boolean isParquet(Path file) {
        String magic = magic(file);
        return magic.equals(PLAIN) || magic.equals(ENCRYPTED);
    }

    private static String magic(Path file) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // Whoever reads it next says why.
            return "";
        }
    }

    /**
     * Reads all rows.
     *
     * @throws InputException if the file is encrypted, damaged, nested or of a type that has no text; names the column,
     *     never a value
     */
    public static MicrodataTable read(Path file) {
        String name = "File '" + file.getFileName() + "'";
        if (magic(file).equals(ENCRYPTED)) {
            throw new InputException(name + " is encrypted Parquet; its keys are not for this command.");
        }
        // The libraries' logging would warn that it has nowhere to log to.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try {
            return FlatFile.read(name, file);
        } catch (NoClassDefFoundError e) {
            throw new InputException(name + " is Parquet; the libraries for it are not on the class path.", e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof InputException known) {
                throw known;
            }
            throw new InputException(
                    name + " begins as a Parquet file, but is damaged ("
                            + e.getClass().getSimpleName() + ").",
                    e);
        }
    }
}
