package io.yunyu.api.guard;

import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.guard.GuardChain;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine of one job reads and adds to its family's chain. The family is locked from the engine's first question
 * until this is closed; what the engine hands in is written by {@link #store}, in the transaction of the job's end, or not
 * at all.
 */
public final class GuardDesk implements AutoCloseable {
    /** In base64, with room for the frame's other members. */
    private static final int PAGE_CHARS = 900_000;

    private static final Set<String> MEMBERS =
            Set.of("id", "op", "jobId", "agreement", "signatures", "family", "from", "entry");

    private final String job;
    private final Set<String> families;
    private final GuardEntries entries;
    private final Runnable onClose;
    private final List<byte[]> reserved = new ArrayList<>();
    private @Nullable FamilyLock lock;
    private @Nullable String family;
    private long reservedBytes;
    private boolean closed;

    GuardDesk(String job, Set<String> families, GuardEntries entries, Runnable onClose) {
        this.job = job;
        this.families = Set.copyOf(families);
        this.entries = entries;
        this.onClose = onClose;
    }

    /** @throws ProblemException for a family that is not the job's */
    synchronized Map<String, Object> answer(JsonObject question) {
        question.onlyMembers(MEMBERS);
        String wanted = question.string("family");
        lock(wanted);
        if (question.string("op").equals("guardReserve")) {
            reserve(StrictBase64.decode(question.string("entry"), "A guard's entry"));
            return Map.of();
        }
        long from = question.longValue("from");
        List<String> page = new ArrayList<>();
        int chars = 0;
        for (byte[] entry : entries.from(wanted, Math.max(0, from))) {
            String text = StrictBase64.encode(entry);
            chars += text.length() + 3;
            if (!page.isEmpty() && chars > PAGE_CHARS) {
                break;
            }
            page.add(text);
        }
        return Json.object("entries", page, "of", entries.size(wanted));
    }

    private void lock(String wanted) {
        if (closed || !families.contains(wanted) || family != null && !family.equals(wanted)) {
            throw new ProblemException(
                    ProblemCode.KEY_REFUSED, "A job asks for the guard's memory of its own dataset family only.");
        }
        if (lock == null) {
            lock = entries.lock(wanted);
            family = wanted;
        }
    }

    private void reserve(byte[] entry) {
        reservedBytes += entry.length;
        if (entry.length == 0
                || entry.length > GuardChain.MAX_ENTRY_BYTES
                || reservedBytes > GuardChain.MAX_JOB_BYTES) {
            throw new ProblemException(ProblemCode.TOO_LARGE, "The guard's record of this job exceeds its bound.");
        }
        reserved.add(entry);
    }

    /**
     * Writes what the engine handed in. Must be called in the transaction of the job's end.
     *
     * @return the chain's new last link, if anything was handed in
     */
    public synchronized Optional<String> store() {
        if (reserved.isEmpty() || family == null) {
            return Optional.empty();
        }
        return Optional.of(entries.append(family, job, reserved));
    }

    /** Whether the engine handed anything in. */
    public synchronized boolean hasReserved() {
        return !reserved.isEmpty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        onClose.run();
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
