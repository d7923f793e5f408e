package io.yunyu.contract.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP archive with exactly one byte form per content: entries sorted by name, stored without compression, with a
 * fixed time and no extra fields. A reader rebuilds the bytes from what it read and refuses anything that differs, so
 * no byte can be changed, hidden between entries or appended without being noticed; and nothing can be a
 * decompression bomb.
 *
 * <p>Names are lower-case ASCII letters, digits and {@code . _ -}, at most 64 characters, so that none can be a path.
 */
public final class CanonicalContainer {
    /** Upper bound of entries in one container. */
    public static final int MAX_ENTRIES = 64;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    /** 1980-02-01 00:00 in DOS form, given as local date so that the time zone of the host has no part in it. */
    private static final java.time.LocalDateTime FIXED_TIME = java.time.LocalDateTime.of(1980, 2, 1, 0, 0);

    private CanonicalContainer() {}

    /** The canonical bytes of the entries, whatever the order of the map. */
    public static byte[] write(Map<String, byte[]> entries) {
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("A container holds at most " + MAX_ENTRIES + " entries.");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.US_ASCII)) {
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                if (!NAME.matcher(entry.getKey()).matches()) {
                    throw new IllegalArgumentException("A container entry has a name outside [a-z0-9._-]{1,64}.");
                }
                zip.putNextEntry(stored(entry.getKey(), entry.getValue()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a container, in name order.
     *
     * @throws ContainerException if the bytes are not exactly what {@link #write} makes of their entries
     */
    public static Map<String, byte[]> read(byte[] container) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container), StandardCharsets.US_ASCII)) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                if (entry.getMethod() != ZipEntry.STORED
                        || entries.size() >= MAX_ENTRIES
                        || !NAME.matcher(entry.getName()).matches()) {
                    throw new ContainerException("The container is not in its canonical form.");
                }
                // Stored entries cannot expand: the sum of their sizes is bounded by the container's own.
                if (entries.put(entry.getName(), zip.readAllBytes()) != null) {
                    throw new ContainerException("The container holds the same name twice.");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ContainerException("The container cannot be read: it is cut off or is not a container.");
        }
        if (entries.isEmpty() || !Arrays.equals(write(entries), container)) {
            throw new ContainerException("The container is not in its canonical form: its bytes were changed.");
        }
        return Collections.unmodifiableMap(entries);
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(FIXED_TIME);
        return entry;
    }
}
