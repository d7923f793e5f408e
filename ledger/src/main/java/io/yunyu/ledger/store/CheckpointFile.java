package io.yunyu.ledger.store;

import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.file.DurableFiles;
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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
            DurableFiles.forceName(file);
        }
    }

    /** Checkpoints after those of {@code base}, in file order; a torn last line is cut off. */
    List<SignedCheckpoint> readAndRepair(Reconciled base) throws IOException {
        byte[] all = bytes();
        int end = end(all);
        if (end < all.length) {
            try (FileChannel channel = FileChannel.open(file, EnumSet.of(StandardOpenOption.WRITE))) {
                channel.truncate(end);
                channel.force(true);
            }
        }
        return parse(all, (int) base.bytes(), end);
    }

    /** All checkpoints that are there whole. */
    List<SignedCheckpoint> read() {
        try {
            byte[] all = bytes();
            return parse(all, 0, end(all));
        } catch (IOException e) {
            throw new LedgerException("The ledger's signer or outside file cannot be used: " + e.getMessage(), e);
        }
    }

    /** Up to where an earlier comparison came, if the file still begins with what it saw. */
    Optional<Reconciled> reconciled() throws IOException {
        if (!Files.exists(mark())) {
            return Optional.empty();
        }
        try {
            Reconciled mark = Reconciled.parse(Json.parseObject(Files.readAllBytes(mark())));
            byte[] all = bytes();
            return mark.bytes() >= 0 && mark.bytes() <= all.length && mark.equals(upTo(mark, all))
                    ? Optional.of(mark)
                    : Optional.empty();
        } catch (JsonException unreadable) {
            // Without it everything is compared again.
            return Optional.empty();
        }
    }

    /** The mark of an agreement up to the whole file as it is. */
    Reconciled upTo(long size, String root) throws IOException {
        byte[] all = bytes();
        return upTo(new Reconciled(size, root, end(all), ""), all);
    }

    /** Keeps the mark for the next start; failing to costs only time then. */
    void keep(Reconciled mark) {
        Path part = mark().resolveSibling(mark().getFileName() + ".tmp");
        try {
            Files.write(part, Json.bytes(mark.toJson()));
            Files.move(part, mark(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            part.toFile().delete();
        }
    }

    private static Reconciled upTo(Reconciled mark, byte[] all) {
        return new Reconciled(
                mark.size(), mark.root(), mark.bytes(), ContentDigest.of(Arrays.copyOf(all, (int) mark.bytes())));
    }

    private Path mark() {
        return file.resolveSibling("reconciled.json");
    }

    private byte[] bytes() throws IOException {
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    /** Behind the last whole line. */
    private static int end(byte[] all) {
        int end = all.length;
        while (end > 0 && all[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private List<SignedCheckpoint> parse(byte[] all, int from, int to) {
        List<SignedCheckpoint> checkpoints = new ArrayList<>();
        int number = 1;
        for (int i = 0; i < from; i++) {
            number += all[i] == '\n' ? 1 : 0;
        }
        for (String line :
                new String(all, from, to - from, StandardCharsets.UTF_8).lines().toList()) {
            checkpoints.add(parse(line, number++));
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

    @Override
    public String toString() {
        return file.toString();
    }
}
