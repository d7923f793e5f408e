package io.yunyu.engine.session;

import io.delta.storage.HadoopFileSystemLogStore;
import io.yunyu.contract.file.DurableFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/**
 * Delta's log on a local disk. A commit is written and synced beside its place and then linked into it: link(2) is
 * atomic and fails if the name is taken, so two engines cannot both win a version, and a killed one leaves either
 * the whole commit or none. The same holds when the power goes: data files are synced as they are closed ({@link
 * NioRawFileSystem}), their directory before the commit, the commit before its name, and its name before the call returns.
 */
public final class LinkLogStore extends HadoopFileSystemLogStore {
    public LinkLogStore(Configuration configuration) {
        super(configuration);
    }

    @Override
    public void write(
            org.apache.hadoop.fs.Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
            throws IOException {
        Path target = Path.of(path.toUri().getPath());
        Path directory = target.resolveSibling(".");
        if (!overwrite && Files.exists(target)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            writeSynced(part, actions);
            // The files that the commit names were synced when they were closed; now their names are.
            DurableFiles.forceDirectory(directory.resolve(".."));
            if (overwrite) {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.createLink(target, part);
            }
            DurableFiles.forceDirectory(directory);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public Boolean isPartialWriteVisible(org.apache.hadoop.fs.Path path, Configuration configuration) {
        return false;
    }

    private static void writeSynced(Path part, Iterator<String> actions) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                BufferedWriter out = new BufferedWriter(
                        new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8))) {
            while (actions.hasNext()) {
                out.write(actions.next());
                out.write('\n');
            }
            out.flush();
            channel.force(true);
        }
    }
}
