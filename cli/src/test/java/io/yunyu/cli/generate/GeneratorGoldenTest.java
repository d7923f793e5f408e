package io.yunyu.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Equal settings, equal bytes. A digest below changes only on purpose, and then all data made before are another world. */
class GeneratorGoldenTest {
    private static final GeneratorSettings SETTINGS = GeneratorSettings.of(100_000, 7, true);

    @ParameterizedTest
    @CsvSource({
        "POP_BASE, fa45032341603e1bc7ff42509a0139e53ae01c50914097d8d5f2ccb25ea07d06",
        "LEGAL_BASE, 74f4ab0a892c154ef1d7ca3aa6647dfe589494ac32c6df9c70349030d47ddba2",
        "MED_OUTPATIENT, 12846dca9b8e0c4de81b8b5635f0cf6612ebe0928d2cf7542155b88518e83aa2",
        "SI_PAY, 75b98cb8b604c5039508cb2e09982dfa27372cb0b0aa052e0dfa5a10fdad5e40"
    })
    void write_seed7_first1000RowsHaveKnownDigest(Table table, String sha256) throws Exception {
        String head = slice(table, 0, 4_000)
                .lines()
                .limit(1_001)
                .map(line -> line + "\n")
                .reduce("", String::concat);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(head.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void write_aRangeOfIndices_isTheSameSliceOfTheWhole(Table table) throws IOException {
        String whole = slice(table, 0, 3_000);
        String before = slice(table, 0, 1_234);
        String header = before.substring(0, before.indexOf('\n') + 1);
        String after = slice(table, 1_234, 3_000).substring(header.length());
        assertThat(before + after).isEqualTo(whole);
        assertThat(after).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void write_otherSeed_givesOtherRows(Table table) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Generator(GeneratorSettings.of(100_000, 8, true))
                .write(table, 0, 100, out, new ByteArrayOutputStream(), ProgressListener.NONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).isNotEqualTo(slice(table, 0, 100));
    }

    @Test
    void write_files_areCompleteAndProgressEndsAtTheTotal(@TempDir Path directory) throws IOException {
        Path csv = directory.resolve("med_outpatient.csv");
        Path side = Generator.dirtSideFile(csv);
        List<Long> done = new ArrayList<>();
        long rows = Generator.write(
                Table.MED_OUTPATIENT, 20_000, 7, true, csv, side, (count, units, total) -> done.add(units));
        assertThat(Files.readAllLines(csv))
                .hasSize((int) rows + 1)
                .first()
                .asString()
                .startsWith("mdtrt_id,id_no,");
        assertThat(side).hasFileName("med_outpatient.dirt.csv");
        assertThat(Files.readAllLines(side)).first().isEqualTo("row_number,column,kind");
        assertThat(done).containsExactly(16_384L, 20_000L);
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void settings_outsideTheLimits_areRefusedWithTheLimit() {
        assertThatThrownBy(() -> GeneratorSettings.of(100_000_001, 7, true)).hasMessageContaining("100000000");
        assertThatThrownBy(() -> GeneratorSettings.of(999, 7, true)).hasMessageContaining("1000");
        assertThatThrownBy(() -> new GeneratorSettings(1_000, 7, true, 0, 3)).hasMessageContaining("Visits");
        assertThatThrownBy(() -> new GeneratorSettings(1_000, 7, true, 2.5, 13)).hasMessageContaining("Months");
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void write_smallestPopulation_givesEveryTable(Table table) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Generator generator = new Generator(GeneratorSettings.of(GeneratorSettings.MIN_PERSONS, 7, true));
        long rows = generator.write(
                table, 0, generator.units(table), out, new ByteArrayOutputStream(), ProgressListener.NONE);
        assertThat(rows).isGreaterThan(100);
    }

    private static String slice(Table table, long from, long to) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Generator(SETTINGS).write(table, from, to, out, new ByteArrayOutputStream(), ProgressListener.NONE);
        return out.toString(StandardCharsets.UTF_8);
    }
}
