package io.yunyu.contract.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        // After it had expanded, its bytes would be said to differ from those that were read.
        assertThatThrownBy(() -> CanonicalContainer.read(bytes.toByteArray()))
                .isInstanceOf(ContainerException.class)
                .hasMessage("The container is not in its canonical form.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/etc/passwd", "A", "a/b", "", "a b", "云"})
    void name_thatCouldBeAPath_isNeitherWrittenNorRead(String name) throws Exception {
        assertThatThrownBy(() -> CanonicalContainer.write(Map.of(name, new byte[0])))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] archive = archive(List.of(name), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> CanonicalContainer.read(archive)).isInstanceOf(ContainerException.class);
    }

    @Test
    void read_containerOfNothing_isRefused() {
        byte[] nothing = CanonicalContainer.write(Map.of());
        assertThatThrownBy(() -> CanonicalContainer.read(nothing)).isInstanceOf(ContainerException.class);
    }

    @Test
    void entries_upToTheMost_areWrittenAndRead_oneMoreIsNeither() throws Exception {
        List<String> names = numbered(CanonicalContainer.MAX_ENTRIES);
        byte[] most = CanonicalContainer.write(empty(names));
        assertThat(most).isEqualTo(archive(names, StandardCharsets.US_ASCII));
        assertThat(CanonicalContainer.read(most)).hasSize(64);
        List<String> more = numbered(CanonicalContainer.MAX_ENTRIES + 1);
        assertThatThrownBy(() -> CanonicalContainer.write(empty(more))).isInstanceOf(IllegalArgumentException.class);
        byte[] archive = archive(more, StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> CanonicalContainer.read(archive)).isInstanceOf(ContainerException.class);
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(n -> "e%03d".formatted(n)).toList();
    }

    private static Map<String, byte[]> empty(List<String> names) {
        return names.stream().collect(Collectors.toMap(name -> name, name -> new byte[0]));
    }

    /** Empty entries in the canonical form, but for what their names and their number may be. */
    private static byte[] archive(List<String> names, Charset charset) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, charset)) {
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(0);
                entry.setCrc(0);
                entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static boolean sameContent(Map<String, byte[]> other) {
        return other.keySet().equals(ENTRIES.keySet())
                && other.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), ENTRIES.get(e.getKey())));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
