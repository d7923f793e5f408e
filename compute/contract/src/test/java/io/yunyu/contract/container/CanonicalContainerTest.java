package io.yunyu.contract.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalContainerTest {
    private static final Map<String, byte[]> ENTRIES =
            Map.of("b.csv", bytes("1,2\n"), "a.json", bytes("{}"), "empty", new byte[0]);

    @Test
    void read_whatWriteMade_givesTheEntriesInNameOrder() {
        Map<String, byte[]> read = CanonicalContainer.read(CanonicalContainer.write(ENTRIES));
        assertThat(read.keySet()).containsExactly("a.json", "b.csv", "empty");
        assertThat(read.get("b.csv")).isEqualTo(bytes("1,2\n"));
    }

    @Test
    void write_otherTimeZone_sameBytes() {
        byte[] here = CanonicalContainer.write(ENTRIES);
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
            assertThat(CanonicalContainer.write(new LinkedHashMap<>(ENTRIES))).isEqualTo(here);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void read_anyByteChanged_refusedOrTheBytesOfOtherContent() {
        byte[] good = CanonicalContainer.write(ENTRIES);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            try {
                // A change of a name or of content with its checksum is another container, never the same content.
                assertThat(CanonicalContainer.write(CanonicalContainer.read(bad)))
                        .isEqualTo(bad);
                assertThat(sameContent(CanonicalContainer.read(bad)))
                        .as("byte %d", i)
                        .isFalse();
            } catch (ContainerException refused) {
                assertThat(refused).hasMessageContaining("container");
            }
        }
    }

    @Test
    void read_cutOffOrAppended_refused() {
        byte[] good = CanonicalContainer.write(ENTRIES);
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> CanonicalContainer.read(cut)).isInstanceOf(ContainerException.class);
        }
        assertThatThrownBy(() -> CanonicalContainer.read(Arrays.copyOf(good, good.length + 1)))
                .isInstanceOf(ContainerException.class);
    }

    @Test
    void read_compressedEntry_refusedBeforeItExpands() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bomb"));
            zip.write(new byte[10_000_000]);
        }
        assertThatThrownBy(() -> CanonicalContainer.read(bytes.toByteArray())).isInstanceOf(ContainerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/etc/passwd", "A", "a/b", "", "a b", "云"})
    void write_nameThatCouldBeAPath_refused(String name) {
        assertThatThrownBy(() -> CanonicalContainer.write(Map.of(name, new byte[0])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean sameContent(Map<String, byte[]> other) {
        return other.keySet().equals(ENTRIES.keySet())
                && other.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), ENTRIES.get(e.getKey())));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
