package io.yunyu.anonymizer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads delimited text files. Every error names file and line, never a value. */
public final class DelimitedFiles {
    private DelimitedFiles() {}

    /**
     * Reads a table whose first record is its header.
     *
     * @throws InputException if the file is missing, empty, not UTF-8, or a record's field count is not the header's
     */
    public static MicrodataTable readTable(Path path, DelimitedFormat format) {
        try (DelimitedScanner scanner = open(path, format)) {
            if (!scanner.next()) {
                throw new InputException("File '" + path.getFileName() + "' is empty; it needs a header.");
            }
            ColumnBuilder[] builders = new ColumnBuilder[scanner.fields()];
            for (int i = 0; i < builders.length; i++) {
                builders[i] = new ColumnBuilder(scanner.field(i));
            }
            while (scanner.next()) {
                if (scanner.fields() != builders.length) {
                    throw scanner.error(
                            "it has " + scanner.fields() + " fields, the header has " + builders.length + ".");
                }
                for (int i = 0; i < builders.length; i++) {
                    builders[i].add(scanner.text(), scanner.start(i), scanner.length(i));
                }
            }
            return MicrodataTable.of(
                    Arrays.stream(builders).map(ColumnBuilder::build).toList());
        } catch (IOException e) {
            throw new InputException("File '" + path.getFileName() + "' cannot be read.", e);
        }
    }

    /** Reads records without a header, all of one length. @throws InputException as {@link #readTable} does */
    public static List<List<String>> readRecords(Path path, DelimitedFormat format) {
        try (DelimitedScanner scanner = open(path, format)) {
            List<List<String>> records = new ArrayList<>();
            while (scanner.next()) {
                List<String> record = new ArrayList<>();
                for (int i = 0; i < scanner.fields(); i++) {
                    record.add(scanner.field(i));
                }
                if (!records.isEmpty() && records.get(0).size() != record.size()) {
                    throw scanner.error("it has " + record.size() + " fields, the first line has "
                            + records.get(0).size() + ".");
                }
                records.add(record);
            }
            return records;
        } catch (IOException e) {
            throw new InputException("File '" + path.getFileName() + "' cannot be read.", e);
        }
    }

    private static DelimitedScanner open(Path path, DelimitedFormat format) throws IOException {
        try {
            if (Files.isDirectory(path)) {
                throw new InputException("'" + path.getFileName() + "' is a directory, not a file.");
            }
            return new DelimitedScanner(path, format);
        } catch (NoSuchFileException e) {
            throw new InputException("There is no file '" + path.getFileName() + "'.", e);
        }
    }

    /** A column while it is read. */
    private static final class ColumnBuilder {
        private final String name;
        private final Dictionary dictionary = new Dictionary();
        private final CodeList codes = new CodeList();

        ColumnBuilder(String name) {
            this.name = name;
        }

        void add(char[] text, int from, int length) {
            codes.add(dictionary.encode(text, from, length));
        }

        Column build() {
            return new Column(name, dictionary.values(), codes);
        }
    }
}
