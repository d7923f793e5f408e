package io.yunyu.system.egress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** All that left in the current test class beside files: kept until it has been searched. */
public final class Egress {
    private static final Map<String, ByteArrayOutputStream> STREAMS = new LinkedHashMap<>();
    private static final Set<Path> SOURCES = new LinkedHashSet<>();

    private Egress() {}

    /** Where to write what leaves by this way; the bytes of one name are one text. */
    public static synchronized OutputStream stream(String name) {
        return STREAMS.computeIfAbsent(name, n -> new ByteArrayOutputStream());
    }

    public static void left(String name, String text) {
        try {
            stream(name).write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The provider's own file, which holds planted values and is no egress. @return the file */
    public static synchronized Path source(Path file) {
        SOURCES.add(file.toAbsolutePath().normalize());
        return file;
    }

    public static synchronized boolean isSource(Path file) {
        return SOURCES.contains(file.toAbsolutePath().normalize());
    }

    /**
     * Searches files below the directories, and sees to it that there was something to find.
     *
     * @throws AssertionError naming each place and form, never the value
     */
    public static void check(Collection<Path> roots) throws IOException {
        require(findInFiles(Planted.watched(), roots));
        Set<Path> bare = unplanted(Planted.watched(), roots);
        if (!bare.isEmpty()) {
            throw new AssertionError("Nothing is planted in " + bare + ", so that no search could find it elsewhere.");
        }
    }

    /** Searches the streams so far, and forgets them. */
    public static void checkStreams() {
        Set<String> found = findInStreams(Planted.watched());
        forgetStreams();
        require(found);
    }

    private static void require(Set<String> findings) {
        if (!findings.isEmpty()) {
            throw new AssertionError("Planted values left:\n  " + String.join("\n  ", findings));
        }
    }

    /** Searches the streams of this class so far. */
    public static synchronized Set<String> findInStreams(Collection<Planted> values) {
        EgressSearch search = new EgressSearch(values);
        STREAMS.forEach((name, bytes) -> search.bytes(name, bytes.toByteArray()));
        return search.findings();
    }

    /** Searches all files below the directories but the sources. */
    public static Set<String> findInFiles(Collection<Planted> values, Collection<Path> roots) throws IOException {
        EgressSearch search = new EgressSearch(values);
        for (Path root : roots) {
            if (Files.exists(root)) {
                search.tree(root, Egress::isSource);
            }
        }
        return search.findings();
    }

    /** Sources below the directories in which nothing was planted: a search beside such a one finds nothing for ever. */
    static synchronized Set<Path> unplanted(Collection<Planted> values, Collection<Path> roots) throws IOException {
        ByteSearch search = new ByteSearch(values);
        Set<Path> bare = new LinkedHashSet<>();
        for (Path source : SOURCES) {
            boolean here = roots.stream()
                    .anyMatch(root -> source.startsWith(root.toAbsolutePath().normalize()));
            if (here
                    && Files.exists(source)
                    && Files.size(source) > 0
                    && search.in(Files.readAllBytes(source)).isEmpty()) {
                bare.add(source);
            }
        }
        return bare;
    }

    private static synchronized void forgetStreams() {
        STREAMS.clear();
    }
}
