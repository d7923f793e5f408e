package io.yunyu.anonymizer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelimitedRoundTripTest {
    private static final String[] PIECES = {"a", "Ab", "", "\"", ";", "\n", "\r\n", "云", "\uD83D\uDE00", "x".repeat(70)
    };
    private final long seed = Long.getLong("yunyu.seed", 20261125L);

    @Test
    void readTable_anyLineEnds_readsTheSame(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("t.csv");
        Files.writeString(file, "a;b\r\n1;22\r333;4\n\n5;\r\n;6");
        MicrodataTable table = DelimitedFiles.readTable(file, DelimitedFormat.SEMICOLON);
        assertThat(table.column("a").dictionary()).containsExactly("1", "333", "5", "");
        assertThat(table.column("b").dictionary()).containsExactly("22", "4", "", "6");
    }

    /** Longer than the buffers on both sides, with more distinct values than are kept spelled out. */
    @Test
    void readTable_writtenCells_readAsTheyWere(@TempDir Path directory) throws IOException {
        System.out.println("readTable_writtenCells_readAsTheyWere: seed " + seed);
        Random random = new Random(seed);
        List<List<String>> rows = new ArrayList<>();
        Path file = directory.resolve("t.csv");
        try (DelimitedWriter writer = new DelimitedWriter(file, DelimitedFormat.SEMICOLON)) {
            writer.write(List.of("number", "text", "few"));
            for (int row = 0; row < 20_000; row++) {
                String text = row == 500
                        ? "y".repeat(200_000)
                        : PIECES[random.nextInt(PIECES.length)] + PIECES[random.nextInt(PIECES.length)];
                List<String> cells = List.of(String.valueOf(random.nextInt(9_000)), text, "v" + random.nextInt(3));
                rows.add(cells);
                if (random.nextBoolean()) {
                    writer.write(cells);
                } else {
                    for (String cell : cells) {
                        writer.writeCell(writer.encode(cell));
                    }
                    writer.endRecord();
                }
            }
        }
        MicrodataTable table = DelimitedFiles.readTable(file, DelimitedFormat.SEMICOLON);
        List<List<String>> read = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            int at = row;
            read.add(table.columns().stream().map(column -> column.value(at)).toList());
        }
        assertThat(read).isEqualTo(rows);
        assertThat(table.column("few").dictionary()).hasSize(3);
        assertThat(table.column("number").dictionary()).doesNotHaveDuplicates();
    }
}
