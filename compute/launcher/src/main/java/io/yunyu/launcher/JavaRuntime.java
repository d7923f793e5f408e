package io.yunyu.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The Java runtime that engines run on: this process's own.
 *
 * @param home on the host
 * @param homeInside where the engine sees it
 * @param settings directories outside {@code home} that its links lead to, as Debian keeps them below {@code /etc}
 */
record JavaRuntime(Path home, String homeInside, SortedSet<Path> settings) {
    private static final int LINK_DEPTH = 4;

    static JavaRuntime current() {
        Path home = Path.of(System.getProperty("java.home"));
        try {
            home = home.toRealPath();
            return new JavaRuntime(home, home.startsWith("/usr/lib") ? home.toString() : "/java", linked(home));
        } catch (IOException e) {
            throw new UncheckedIOException("The Java runtime's directory cannot be read", e);
        }
    }

    boolean isBelowSystemLibraries() {
        return homeInside.equals(home.toString());
    }

    String program() {
        return homeInside + "/bin/java";
    }

    private static SortedSet<Path> linked(Path home) throws IOException {
        SortedSet<Path> outside = new TreeSet<>();
        try (Stream<Path> files = Files.walk(home, LINK_DEPTH, new FileVisitOption[0])) {
            for (Path link : (Iterable<Path>) files.filter(Files::isSymbolicLink)::iterator) {
                if (Files.exists(link)) {
                    Path target = link.toRealPath();
                    if (target.startsWith("/etc") && target.getNameCount() > 2) {
                        outside.add(target.getParent());
                    }
                }
            }
        }
        outside.removeIf(path -> outside.stream().anyMatch(o -> !o.equals(path) && path.startsWith(o)));
        return outside;
    }
}
