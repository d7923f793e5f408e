package io.yunyu.system.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each way to hide a value is tried on purpose; a search that finds nothing is green for ever. */
class EgressSearchTest {
    private static final Planted WORD = Planted.unwatched("word");
    private static final long NUMBER = 7_183_942_566_172_834L;

    @TempDir
    private Path dir;

    /** Encoders of others than the search itself, by the form that must be found. */
    private static Map<String, UnaryOperator<byte[]>> hidings() {
        Map<String, UnaryOperator<byte[]>> all = new LinkedHashMap<>();
        all.put("plain", b -> b);
        all.put("lower case", b -> text(b).toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        all.put("reversed", EgressSearchTest::reversed);
        all.put("base64", Base64.getEncoder()::encode);
        all.put("base64 after 1", b -> Base64.getEncoder().encode(concat("x", b)));
        all.put("base64 after 2", b -> Base64.getUrlEncoder().encode(concat("xy", b)));
        all.put("base64 of the reversed", b -> Base64.getEncoder().encode(reversed(b)));
        all.put("base64 in lines", b -> Base64.getMimeEncoder(8, new byte[] {'\r', '\n'})
                .encode(concat("some lines of text ", b)));
        all.put("hex", b -> HexFormat.of().formatHex(b).getBytes(StandardCharsets.US_ASCII));
        all.put("HEX", b -> HexFormat.of().withUpperCase().formatHex(b).getBytes(StandardCharsets.US_ASCII));
        all.put(
                "percent",
                b -> HexFormat.of().withUpperCase().withPrefix("%").formatHex(b).getBytes(StandardCharsets.US_ASCII));
        all.put("UTF-16", b -> text(b).getBytes(Charset.forName("UTF-16")));
        all.put("UTF-16LE", b -> text(b).getBytes(StandardCharsets.UTF_16LE));
        all.put("gzip", b -> written(b, GZIPOutputStream::new));
        all.put("zlib", b -> written(b, DeflaterOutputStream::new));
        all.put("zip", EgressSearchTest::zipped);
        all.put("gzip in base64", b -> Base64.getEncoder().encode(written(b, GZIPOutputStream::new)));
        all.put("gzip in base64 after 1", b -> Base64.getEncoder()
                .encode(concat("x", written(b, GZIPOutputStream::new))));
        all.put(
                "gzip in base64 behind letters",
                b -> concat("abc", Base64.getEncoder().encode(written(b, GZIPOutputStream::new))));
        all.put("zlib in hex", b -> HexFormat.of()
                .formatHex(written(b, DeflaterOutputStream::new))
                .getBytes(StandardCharsets.US_ASCII));
        all.put("reversed in gzip in zip", b -> zipped(written(reversed(b), GZIPOutputStream::new)));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> search_valueHidden_isFoundAmongOtherBytes() {
        Random random = new Random(20261129);
        return hidings().entrySet().stream()
                .map(hiding -> DynamicTest.dynamicTest(hiding.getKey(), () -> {
                    byte[] hidden = hiding.getValue().apply(WORD.text().getBytes(StandardCharsets.UTF_8));
                    for (int before = 0; before < 4; before++) {
                        byte[] noise = new byte[before];
                        random.nextBytes(noise);
                        ByteArrayOutputStream all = new ByteArrayOutputStream();
                        all.write("a text\n".getBytes(StandardCharsets.US_ASCII));
                        all.write(noise);
                        all.write('"');
                        all.write(hidden);
                        all.write("\" and more".getBytes(StandardCharsets.US_ASCII));
                        assertThat(find(WORD, all.toByteArray()))
                                .as("%d bytes before", before)
                                .isNotEmpty();
                    }
                }));
    }

    @Test
    void search_cutByHttpChunks_isFound() {
        String text = WORD.text();
        String answer = "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"a\":\"" + text.substring(0, 3)
                + "\r\n1a\r\n" + text.substring(3) + "\"}\r\n0\r\n\r\n";
        assertThat(find(WORD, answer.getBytes(StandardCharsets.US_ASCII))).isNotEmpty();
    }

    @Test
    void search_number_isFoundAsTextAndAs64Bits() {
        Planted number = new Planted("number", Long.toString(NUMBER));
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] bytes =
                    ByteBuffer.allocate(20).order(order).putLong(5, NUMBER).array();
            assertThat(find(number, bytes)).hasSize(1);
        }
        assertThat(find(number, ("n=" + NUMBER).getBytes(StandardCharsets.US_ASCII)))
                .hasSize(1);
    }

    @Test
    void search_longTextWithoutTheValue_findsNothing() {
        byte[] bytes = new byte[1 << 20];
        new Random(20261129).nextBytes(bytes);
        assertThat(find(WORD, bytes)).isEmpty();
        assertThat(find(WORD, Base64.getMimeEncoder().encode(bytes))).isEmpty();
        assertThat(find(
                        WORD,
                        (WORD.text().substring(1) + WORD.text().substring(0, 9)).getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void search_namesOfFilesDirectoriesAndLinks_areLookedAt() throws Exception {
        Files.createDirectories(dir.resolve("one/" + WORD.text()));
        assertThat(findBelow(dir)).hasSize(1);
        Files.writeString(dir.resolve("one").resolve("x" + new StringBuilder(WORD.text()).reverse() + ".tmp"), "");
        assertThat(findBelow(dir)).hasSize(2);
        Files.createSymbolicLink(dir.resolve("link"), Path.of("/nowhere/" + WORD.text()));
        assertThat(findBelow(dir)).hasSize(3);
    }

    @Test
    void search_longFile_isReadToItsEnd() throws Exception {
        byte[] noise = new byte[33 << 20];
        new Random(20261129).nextBytes(noise);
        byte[] packed = written(WORD.text().getBytes(StandardCharsets.UTF_8), GZIPOutputStream::new);
        // Across the end of the first piece, and at the end of the file.
        System.arraycopy(packed, 0, noise, (32 << 20) - 9, packed.length);
        Files.write(dir.resolve("a"), noise);
        assertThat(findBelow(dir)).hasSize(1);
        Files.write(dir.resolve("b"), new byte[70 << 20]);
        Files.write(dir.resolve("b"), packed, java.nio.file.StandardOpenOption.APPEND);
        assertThat(findBelow(dir)).hasSize(2);
    }

    @Test
    void sources_areLeftOut_andOneWithoutAValueIsNamed() throws Exception {
        Files.writeString(Egress.source(dir.resolve("source")), "id\n" + WORD.text());
        assertThat(findBelow(dir)).isEmpty();
        assertThat(Egress.unplanted(List.of(WORD), List.of(dir))).isEmpty();
        Files.writeString(Egress.source(dir.resolve("bare")), "id\nu1");
        assertThat(Egress.unplanted(List.of(WORD), List.of(dir))).containsExactly(dir.resolve("bare"));
        // Of these words the search that follows this test does not know.
        Files.delete(dir.resolve("source"));
        Files.delete(dir.resolve("bare"));
    }

    private static Set<String> find(Planted value, byte[] bytes) {
        EgressSearch search = new EgressSearch(List.of(value));
        search.bytes("here", bytes);
        assertThat(search.findings()).noneMatch(line -> line.contains(value.text()));
        return search.findings();
    }

    private static Set<String> findBelow(Path root) throws IOException {
        return Egress.findInFiles(List.of(WORD), List.of(root));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] reversed(byte[] bytes) {
        return new StringBuilder(text(bytes)).reverse().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(String before, byte[] bytes) {
        return ByteBuffer.allocate(before.length() + bytes.length)
                .put(before.getBytes(StandardCharsets.US_ASCII))
                .put(bytes)
                .array();
    }

    private static byte[] zipped(byte[] bytes) {
        return written(bytes, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(new ZipEntry("entry"));
            return zip;
        });
    }

    private interface Packing {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] written(byte[] bytes, Packing packing) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packing.over(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
