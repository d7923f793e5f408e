package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles a program of src/test/resources/programs against what programs run beside, as a developer does. */
final class ProgramJar {
    private ProgramJar() {}

    static Path of(String name, Path directory) throws Exception {
        Path source = Path.of(
                ProgramJar.class.getResource("/programs/" + name + ".java").toURI());
        Path classes = Files.createTempDirectory(directory, name);
        Path target = Command.root().resolve("compute/program/target");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        String.join(":", jars(target.resolve("lib"))),
                        source.toString());
        assertThat(failed).isZero();
        Path jar = directory.resolve(name + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.list(classes)) {
            for (Path compiled : (Iterable<Path>) files::iterator) {
                out.putNextEntry(new JarEntry(compiled.getFileName().toString()));
                out.write(Files.readAllBytes(compiled));
            }
        }
        return jar;
    }

    private static List<String> jars(Path lib) throws Exception {
        try (Stream<Path> files = Files.list(lib)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
