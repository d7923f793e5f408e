package io.yunyu.system;

import io.yunyu.cli.command.EngineFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets engines under test start as an installation's do, from a class archive: made after a build, by the first test process
 * that starts an engine. Without it the tests pass too, in more time.
 */
final class EngineArchive {
    private static boolean looked;

    private EngineArchive() {}

    static synchronized void prepare() throws Exception {
        if (looked) {
            return;
        }
        looked = true;
        Path archive = EngineFiles.classArchive(Command.root());
        Path lock = archive.resolveSibling("engine.jsa.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!Files.exists(archive) || Files.getLastModifiedTime(archive).compareTo(newestJar()) < 0) {
                Command prepared = Command.run("prepare");
                System.out.println("class archive: " + prepared.out().strip()
                        + prepared.err().strip());
            }
        }
    }

    private static FileTime newestJar() throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        for (Path entry : EngineFiles.classPath(Command.root())) {
            List<Path> jars = new ArrayList<>();
            try (Stream<Path> files = Files.walk(entry)) {
                files.filter(Files::isRegularFile).forEach(jars::add);
            }
            for (Path jar : jars) {
                FileTime time = Files.getLastModifiedTime(jar);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
        }
        return newest;
    }
}
