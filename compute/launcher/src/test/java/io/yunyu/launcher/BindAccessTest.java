package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects and homes that only their owner may enter, as root keeps them, still serve as what an engine sees. */
class BindAccessTest {
    @Test
    void run_everythingOwnerOnly_engineSeesItsBindsAndNobodyElseDoes(@TempDir Path home) throws IOException {
        Path data = Files.writeString(home.resolve("input.csv"), "12345");
        Path table = Files.createDirectory(home.resolve("table"));
        Files.writeString(table.resolve("old"), "1");
        EngineSpec spec = ownerOnly(Sandboxed.spec("binds"), home)
                .withBinds(List.of(Bind.readOnly(data, "/data/input.csv"), Bind.writable(table, "/data/table")));
        closeToOthers(home);
        try (EngineLauncher launcher = Sandboxed.launcher()) {
            String seen = Sandboxed.output(Sandboxed.run(launcher, spec, Map.of()));
            assertThat(seen).isEqualTo("5 read, input.csv unwritable, 2 in the table");
            // A second engine has another slot uid and meets what the first one wrote.
            assertThat(Sandboxed.output(Sandboxed.run(launcher, spec, Map.of())))
                    .isEqualTo(seen);
        }
        assertThat(Files.readString(table.resolve("new"))).isEqualTo("2");
        try (Stream<Path> all = Files.walk(home)) {
            assertThat(all).allSatisfy(path -> assertThat(othersMayDo(path)).isZero());
        }
    }

    private static int othersMayDo(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07;
    }

    @Test
    void open_groupOfAccounts_isKeptAndHandedOn(@TempDir Path home) throws IOException {
        assumeTrue(SandboxUser.isRoot(), "only root changes groups");
        Path file = Files.writeString(home.resolve("shared"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.setAttribute(file, "unix:gid", 4242);
        BindAccess access = new BindAccess(65_000);
        access.open(file, false);
        assertThat(access.furtherGroups()).containsExactly(4242);
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(4242);
    }

    @Test
    void open_linkOutside_isNotFollowed(@TempDir Path home) throws IOException {
        assumeTrue(SandboxUser.isRoot(), "only root changes groups");
        Path outside = Files.writeString(home.resolve("outside"), "x");
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-------"));
        Path table = Files.createDirectory(home.resolve("table"));
        Files.createSymbolicLink(table.resolve("link"), outside);
        new BindAccess(65_000).open(table, true);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(outside)))
                .isEqualTo("rw-------");
    }

    /** Copies the class path below {@code home}. */
    static EngineSpec ownerOnly(EngineSpec spec, Path home) throws IOException {
        List<Path> copies = new ArrayList<>();
        for (Path entry : spec.classPath()) {
            Path copy = home.resolve("app" + copies.size()).resolve(String.valueOf(entry.getFileName()));
            try (Stream<Path> files = Files.walk(entry)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Path target = copy.resolve(entry.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            copies.add(copy);
        }
        return new EngineSpec(
                copies,
                spec.mainClass(),
                spec.arguments(),
                spec.jvmFlags(),
                spec.limits(),
                spec.binds(),
                spec.classArchive(),
                spec.scratchParent(),
                spec.operatorLog(),
                spec.network(),
                spec.shortJob(),
                spec.helloTimeout());
    }

    private static void closeToOthers(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
            }
        }
    }
}
