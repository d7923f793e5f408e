package io.yunyu.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A jar of what lies on a class path: class archives serve jars only. */
final class JarOf {
    private JarOf() {}

    static Path testClasses(List<Path> classPath, Path target) throws IOException {
        Set<String> seen = new HashSet<>();
        try (OutputStream file = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(file)) {
            for (Path entry : classPath) {
                if (Files.isDirectory(entry)) {
                    addDirectory(entry, jar, seen);
                } else {
                    addJar(entry, jar, seen);
                }
            }
        }
        return target;
    }

    private static void addDirectory(Path directory, JarOutputStream jar, Set<String> seen) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                add(directory.relativize(file).toString(), Files.readAllBytes(file), jar, seen);
            }
        }
    }

    private static void addJar(Path source, JarOutputStream jar, Set<String> seen) throws IOException {
        try (JarFile file = new JarFile(source.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                if (!entry.isDirectory()) {
                    add(entry.getName(), file.getInputStream(entry).readAllBytes(), jar, seen);
                }
            }
        }
    }

    private static void add(String name, byte[] bytes, JarOutputStream jar, Set<String> seen) throws IOException {
        if (seen.add(name)) {
            jar.putNextEntry(new JarEntry(name));
            jar.write(bytes);
            jar.closeEntry();
        }
    }
}
