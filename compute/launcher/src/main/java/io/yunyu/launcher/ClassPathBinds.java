package io.yunyu.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A host class path as the engine sees it, below {@code /app}. Jars are listed one by one in the order of their names,
 * not by a wildcard: a class archive fits only the very class path it was made with.
 */
record ClassPathBinds(List<Bind> binds, String classPath) {
    static ClassPathBinds of(List<Path> entries) {
        List<Bind> binds = new ArrayList<>();
        List<String> inside = new ArrayList<>();
        for (Path entry : entries) {
            String target = "/app/" + binds.size();
            if (Files.isDirectory(entry)) {
                binds.add(Bind.readOnly(entry, target));
                List<String> jars = jarsOf(entry);
                if (jars.isEmpty()) {
                    inside.add(target);
                }
                jars.forEach(jar -> inside.add(target + "/" + jar));
            } else {
                String name = "/" + entry.getFileName();
                binds.add(Bind.readOnly(entry, target + name));
                inside.add(target + name);
            }
        }
        return new ClassPathBinds(binds, String.join(":", inside));
    }

    private static List<String> jarsOf(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("A directory of the engine's class path cannot be read", e);
        }
    }
}
