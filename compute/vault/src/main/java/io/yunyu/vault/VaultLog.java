package io.yunyu.vault;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The vault's own log, kept apart from the control plane's: who asked what for which job. Never a key. */
public final class VaultLog {
    private static final int MAX_VALUE = 200;

    private final PrintStream out;
    private final Clock clock;

    public VaultLog(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    void request(JsonObject request, Optional<Problem> problem) {
        Map<String, Object> line = new LinkedHashMap<>();
        copy(request, "op", "op", line);
        copy(request, "purpose", "purpose", line);
        copy(request, "jobId", "jobId", line);
        copy(request, "organization", "organization", line);
        copy(request, "reviewer", "reviewer", line);
        if (request.asMap().get("question") instanceof Map<?, ?> inner) {
            JsonObject question = JsonObject.of(inner);
            copy(question, "op", "question", line);
            copy(question, "jobId", "jobId", line);
            copy(question, "dataset", "dataset", line);
            copy(question, "family", "family", line);
        }
        line.put("outcome", problem.isPresent() ? "refused" : "ok");
        problem.ifPresent(p -> {
            line.put("code", p.code().name());
            line.put("detail", cut(p.detail()));
        });
        write(line);
    }

    /** An event of the process itself. */
    public void event(String event, String detail) {
        write(Json.object("event", event, "detail", detail));
    }

    /** Only the named members, only if they are text, and only so much of it: the request is whatever came in. */
    private static void copy(JsonObject from, String member, String as, Map<String, Object> line) {
        if (from.asMap().get(member) instanceof String text) {
            line.put(as, cut(text));
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_VALUE * 2 ? text : text.substring(0, MAX_VALUE) + "…";
    }

    private void write(Map<String, Object> line) {
        Map<String, Object> dated = new LinkedHashMap<>(line);
        dated.put("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        String text = Json.write(dated);
        synchronized (out) {
            out.println(text);
            out.flush();
        }
    }
}
