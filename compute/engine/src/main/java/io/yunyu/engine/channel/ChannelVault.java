package io.yunyu.engine.channel;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineJob.AnonymizeJob;
import io.yunyu.contract.job.EngineJob.IngestJob;
import io.yunyu.contract.job.EngineJob.PublicationJob;
import io.yunyu.contract.job.EngineJob.ReplayJob;
import io.yunyu.contract.job.EngineJob.SqlJob;
import io.yunyu.contract.job.SolveJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks over the engine's own stdin and stdout, one question at a time. */
public final class ChannelVault implements VaultQuestions, GuardQuestions, SolverQuestions {
    private final FrameReader in;
    private final FrameWriter out;
    private final SealKeys seal;
    private final EventSink events;
    private final String jobId;
    private final Map<String, Object> authority;
    private final Map<String, byte[]> noiseSecrets = new ConcurrentHashMap<>();
    private long lastId;

    private ChannelVault(
            FrameReader in,
            FrameWriter out,
            SealKeys seal,
            EventSink events,
            String jobId,
            Map<String, Object> authority) {
        this.in = in;
        this.out = out;
        this.seal = seal;
        this.events = events;
        this.jobId = jobId;
        this.authority = authority;
    }

    /** Questions in the name of the provider's signed order. */
    public static ChannelVault of(IngestJob job, FrameReader in, FrameWriter out, SealKeys seal, EventSink events) {
        Map<String, Object> authority =
                Json.object("order", job.order(), "signature", job.signature().toJson());
        return new ChannelVault(in, out, seal, events, job.jobId(), authority);
    }

    /** Questions in the name of the signed agreement. */
    public static ChannelVault of(SqlJob job, FrameReader in, FrameWriter out, SealKeys seal, EventSink events) {
        return new ChannelVault(in, out, seal, events, job.jobId(), signed(job.agreement(), job.signatures()));
    }

    /** Questions in the name of the signed agreement. */
    public static ChannelVault of(AnonymizeJob job, FrameReader in, FrameWriter out, SealKeys seal, EventSink events) {
        return new ChannelVault(in, out, seal, events, job.jobId(), signed(job.agreement(), job.signatures()));
    }

    /** Questions in the name of the signed agreement. */
    public static ChannelVault of(
            PublicationJob job, FrameReader in, FrameWriter out, SealKeys seal, EventSink events) {
        return new ChannelVault(in, out, seal, events, job.jobId(), signed(job.agreement(), job.signatures()));
    }

    /** Questions in the name of the signed agreement. */
    public static ChannelVault of(ReplayJob job, FrameReader in, FrameWriter out, SealKeys seal, EventSink events) {
        return new ChannelVault(in, out, seal, events, job.jobId(), signed(job.agreement(), job.signatures()));
    }

    private static Map<String, Object> signed(String agreement, List<Signature> signatures) {
        return Json.object(
                "agreement",
                agreement,
                "signatures",
                signatures.stream().map(Signature::toJson).toList());
    }

    @Override
    public TableKeys newTableKeys(String dataset, List<String> columns) {
        JsonObject answer = ask("newTableKeys", Json.object("dataset", dataset, "columns", columns));
        events.happened(EngineEvent.KEYS_RECEIVED);
        return new TableKeys(
                keys(answer.object("keys")), answer.stringMap("wrapped"), base64(answer.string("unitSecret")));
    }

    @Override
    public Map<String, byte[]> unwrapKeys(String dataset, Map<String, String> wrappedByColumn) {
        List<Map<String, Object>> columns = wrappedByColumn.entrySet().stream()
                .map(e -> Json.object("name", e.getKey(), "wrapped", e.getValue()))
                .toList();
        return keys(ask("unwrapKeys", Json.object("dataset", dataset, "columns", columns))
                .object("keys"));
    }

    @Override
    public byte[] noiseSecret(String family) {
        return noiseSecrets
                .computeIfAbsent(
                        family,
                        f -> base64(ask("noiseSecret", Json.object("family", f)).string("secret")))
                .clone();
    }

    @Override
    public byte[] queryNoise(String family, String query, long rhoMicros, long deltaPicos) {
        Map<String, Object> question =
                Json.object("family", family, "query", query, "rhoMicros", rhoMicros, "deltaPicos", deltaPicos);
        return base64(ask("queryNoise", question).string("key"));
    }

    @Override
    public byte[] guardKey(String family) {
        return base64(ask("guardKey", Json.object("family", family)).string("key"));
    }

    @Override
    public GuardHead guardSeen(String family, long entries, String head) {
        JsonObject answer = ask("guardSeen", Json.object("family", family, "entries", entries, "head", head));
        return new GuardHead(answer.longValue("entries"), answer.string("head"));
    }

    @Override
    public List<byte[]> guardEntries(String family) {
        List<byte[]> entries = new ArrayList<>();
        JsonObject page;
        do {
            page = ask("guardEntries", Json.object("family", family, "from", (long) entries.size()));
            page.strings("entries").forEach(entry -> entries.add(base64(entry)));
        } while (entries.size() < page.longValue("of"));
        return entries;
    }

    @Override
    public void guardReserve(String family, byte[] sealed) {
        ask(
                "guardReserve",
                Json.object("family", family, "entry", Base64.getEncoder().encodeToString(sealed)));
    }

    @Override
    public String startSolver(long seconds) {
        return solve("start", Json.object("seconds", seconds)).string("sealTo");
    }

    @Override
    public void giveTask(byte[] piece, boolean last) {
        solve("task", Json.object("piece", Base64.getEncoder().encodeToString(piece), "last", last));
    }

    @Override
    public Piece takeAnswer() {
        JsonObject answer = solve("answer", Map.of());
        return new Piece(base64(answer.string("piece")), answer.bool("last"));
    }

    private JsonObject solve(String step, Map<String, Object> members) {
        Map<String, Object> question = new LinkedHashMap<>(members);
        question.put("step", step);
        return ask(SolveJob.OP, question);
    }

    private synchronized JsonObject ask(String op, Map<String, Object> members) {
        long id = ++lastId;
        // The launcher gives a solver to whom it gave the job; only keys are given for a signature.
        Map<String, Object> question = new LinkedHashMap<>(op.equals(SolveJob.OP) ? Map.of() : authority);
        question.putAll(members);
        question.put("id", id);
        question.put("op", op);
        question.put("jobId", jobId);
        try {
            out.write(Frame.json(Frame.QUESTION, question));
            Frame frame = in.next().orElseThrow(() -> new ChannelException("The channel ended before an answer."));
            if (frame.type() != Frame.ANSWER || frame.json().longValue("id") != id) {
                throw new ChannelException("Something else than the answer to question " + id + " arrived.");
            }
            return opened(frame.json(), op, id);
        } catch (IOException e) {
            throw new UncheckedIOException("The channel broke during question " + id + ".", e);
        }
    }

    private JsonObject opened(JsonObject answer, String op, long id) {
        if (answer.has("guard")) {
            return answer.object("guard");
        }
        if (answer.has("solver")) {
            return answer.object("solver");
        }
        if (answer.has("refused") && op.equals(SolveJob.OP)) {
            throw new ProblemException(
                    answer.enumValue("refused", ProblemCode.class),
                    answer.optionalString("detail").orElse("The solver of secondary suppression was refused."));
        }
        if (answer.has("refused") && answer.string("refused").equals(ProblemCode.BUDGET_EXHAUSTED.name())) {
            throw new ProblemException(
                    ProblemCode.BUDGET_EXHAUSTED,
                    answer.optionalString("detail").orElse("The vault gives no more noise for this agreement."));
        }
        if (answer.has("refused")) {
            throw new KeyAccessDenied("The vault refused " + op + ": "
                    + answer.optionalString("detail").orElse(answer.string("refused")));
        }
        return Json.parseObject(seal.open(answer.string("sealed"), jobId, id));
    }

    private static Map<String, byte[]> keys(JsonObject json) {
        Map<String, byte[]> keys = new HashMap<>();
        json.asMap().keySet().forEach(column -> keys.put(column, base64(json.string(column))));
        return keys;
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }
}
