package io.yunyu.ledger.store;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.ledger.checkpoint.LogKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The file {@code checkpoints.log}: one JSON object {@code {at, note}} per line, appended and forced to disk before the
 * database commits the checkpoint. A last line without its end was cut off by a crash, was never handed out, and is
 * removed; any other line that is not a note of the log's key is tampering.
 */
final class CheckpointFile {
    private final Path file;
    private final LogKey logKey;

    CheckpointFile(Path file, LogKey logKey) {
        this.file = file;
        this.logKey = logKey;
    }

    void append(SignedCheckpoint checkpoint) throws IOException {
        String line = Json.write(Json.object("at", checkpoint.at().toString(), "note", checkpoint.note())) + "\n";
        boolean created = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")))) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            long before = channel.size();
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } catch (IOException e) {
                channel.truncate(before);
                throw e;
            }
        }
        if (created) {
            forceDirectory();
        }
    }

    /** All checkpoints, in file order; a torn last line is cut off. */
    List<SignedCheckpoint> readAndRepair() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        int end = text.lastIndexOf('\n') + 1;
        if (end < text.length()) {
            try (FileChannel channel = FileChannel.open(file, EnumSet.of(StandardOpenOption.WRITE))) {
                channel.truncate(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
                channel.force(true);
            }
        }
        List<SignedCheckpoint> checkpoints = new ArrayList<>();
        for (String line : text.substring(0, end).lines().toList()) {
            checkpoints.add(parse(line, checkpoints.size() + 1));
        }
        return checkpoints;
    }

    private SignedCheckpoint parse(String line, int number) {
        try {
            JsonObject json = Json.parseObject(line).onlyMembers(Set.of("at", "note"));
            Instant at = json.instant("at");
            String note = json.string("note");
            return new SignedCheckpoint(logKey.open(note), note, at);
        } catch (JsonException e) {
            throw new LedgerRefusedException("Line " + number + " of " + file + " is not a checkpoint signed by this"
                    + " log's key: the file was changed, or the vault's log key was replaced. " + e.getMessage());
        }
    }

    private void forceDirectory() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, EnumSet.of(StandardOpenOption.READ))) {
                channel.force(true);
            }
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
