package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Which changes of an installation and its tables make an engine that waits an old one. */
class FootingTest {
    private static final FileTime BUILT = FileTime.fromMillis(1_760_000_000_000L);

    @TempDir
    private static Path directory;

    private Path home;
    private Path table;
    private EngineSpec spec;

    private interface Change {
        void make() throws IOException;
    }

    @BeforeEach
    void install() throws IOException {
        home = Files.createTempDirectory(directory, "home");
        file("engine.jar", "engine");
        Files.createDirectory(home.resolve("lib"));
        file("lib/spark.jar", "spark");
        file("lib/tink.jar", "tink");
        file("engine.jsa", "archive");
        table = Files.createDirectory(home.resolve("table"));
        file("table/part", "rows");
        spec = EngineSpec.of(List.of(home.resolve("engine.jar"), home.resolve("lib")), "Main")
                .withClassArchive(home.resolve("engine.jsa"))
                .withBinds(List.of(Bind.readOnly(table, "/data/table")));
    }

    private Path file(String name, String content) throws IOException {
        Path file = Files.writeString(home.resolve(name), content);
        return Files.setLastModifiedTime(file, BUILT);
    }

    private Footing now() {
        return Footing.of(spec, Optional.empty());
    }

    /** Each of them alone: a replaced file has another number, a rewritten one another length or time. */
    @TestFactory
    Stream<DynamicTest> of_programOrTablesReplaced_differs() {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("longer jar", () -> file("engine.jar", "engines"));
        changes.put("jar rewritten later", () -> Files.setLastModifiedTime(home.resolve("engine.jar"), later()));
        changes.put("another jar of the same length and time", () -> replaced("engine.jar", "enigne"));
        changes.put("longer library", () -> file("lib/spark.jar", "sparks"));
        changes.put("another library of the same length and time", () -> replaced("lib/tink.jar", "knit"));
        changes.put("one library more", () -> file("lib/more.jar", "more"));
        changes.put("one library less", () -> Files.delete(home.resolve("lib/tink.jar")));
        changes.put(
                "library of another name", () -> Files.move(home.resolve("lib/tink.jar"), home.resolve("lib/a.jar")));
        changes.put("longer class archive", () -> file("engine.jsa", "archives"));
        changes.put("another class archive", () -> replaced("engine.jsa", "evihcra"));
        changes.put("no class archive", () -> Files.delete(home.resolve("engine.jsa")));
        changes.put("another directory of the table", () -> {
            Files.move(table, home.resolve("old"));
            Files.createDirectory(table);
            file("table/part", "rows");
        });
        return changes.entrySet().stream()
                .map(change -> DynamicTest.dynamicTest(change.getKey(), () -> {
                    install();
                    Footing before = now();
                    assertThat(now()).isEqualTo(before);
                    change.getValue().make();
                    assertThat(now()).isNotEqualTo(before);
                }));
    }

    @Test
    void of_classArchiveThatComes_differs() throws IOException {
        Files.delete(home.resolve("engine.jsa"));
        Footing before = now();
        file("engine.jsa", "archive");
        assertThat(now()).isNotEqualTo(before);
    }

    /** A running engine sees them as a new one does. */
    @Test
    void of_filesOfTheTable_isTheSame() throws IOException {
        Footing before = now();
        file("table/next", "more rows");
        replaced("table/part", "swor");
        assertThat(now()).isEqualTo(before);
    }

    @Test
    void of_tableThatIsGone_isNone() throws IOException {
        Files.move(table, home.resolve("old"));
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::now);
    }

    /** An engine's groups are fixed when it starts: a file that came since for another group it could not read. */
    @Test
    void of_fileForAnotherGroup_differs() throws IOException {
        assumeTrue(SandboxUser.isRoot(), "only root's engines have groups of their own");
        Optional<SandboxUser> user = Optional.of(new SandboxUser(2_000_000_001, 10, 2_000_000_000));
        Footing before = Footing.of(spec, user);
        Path shared = file("table/shared", "rows");
        Files.setAttribute(shared, "unix:gid", 54_321);
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Footing.of(spec, user)).isNotEqualTo(before);
        assertThat(Footing.of(spec, user).groups()).contains(54_321);
    }

    private static FileTime later() {
        return FileTime.fromMillis(BUILT.toMillis() + 1);
    }

    private void replaced(String name, String content) throws IOException {
        Path next = file("next", content);
        Files.move(next, home.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
