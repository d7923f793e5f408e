package io.yunyu.launcher;

import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Pattern;

/**
 * Between a program and the guard of its plans: one text at a time goes over, one verdict comes back. The program's side
 * is not trusted: lengths, names and numbers are bounded here.
 */
final class PlanRelay implements AutoCloseable {
    static final int MOST_TABLES = 10;
    /** Fewer than the questions of an engine that the launcher answers, so that the guard outlives what a program asks. */
    static final int MOST_PLANS = 500;

    static final int LONGEST_TEXT = 64 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final Optional<String> NO_MORE = Optional.empty();

    private final BlockingQueue<Optional<String>> texts = new ArrayBlockingQueue<>(2);
    private final BlockingQueue<Optional<JsonObject>> verdicts = new ArrayBlockingQueue<>(2);
    private final Map<String, ProgramRun.Table> tables = new LinkedHashMap<>();
    private List<DisclosureFinding> lastFindings = List.of();
    private int plans;
    private boolean asked;
    private volatile boolean guardGone;

    /** The guard's side: takes the verdict on the last text, gives the next, waits for it. */
    Map<String, Object> next(String sealTo, JsonObject question) {
        try {
            if (asked) {
                verdicts.put(Optional.of(question.object("verdict")));
            }
            asked = true;
            return Map.of("plan", Json.object("sql", texts.take().orElse(null)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(ProblemCode.INTERNAL, "Judging was interrupted.");
        }
    }

    /** The program's side. */
    Map<String, Object> judged(String sealTo, JsonObject question) {
        String sql = question.string("sql");
        boolean keep = question.string("op").equals("keep");
        if (!keep && !question.string("op").equals("check")) {
            return refused(ProblemCode.BAD_REQUEST, "A program may have plans checked and kept, and nothing else.");
        }
        if (sql.length() > LONGEST_TEXT) {
            return refused(ProblemCode.TOO_LARGE, "A plan's text has at most " + LONGEST_TEXT + " characters.");
        }
        String name = keep ? question.string("name") : "";
        if (keep && (!NAME.matcher(name).matches() || tables.containsKey(name))) {
            return refused(
                    ProblemCode.BAD_REQUEST, "A table has a fresh name of at most 63 letters, digits and underscores.");
        }
        if (keep && tables.size() == MOST_TABLES) {
            return refused(ProblemCode.TOO_LARGE, "A program makes at most " + MOST_TABLES + " tables.");
        }
        if (++plans > MOST_PLANS) {
            return refused(ProblemCode.TOO_LARGE, "A program has at most " + MOST_PLANS + " plans judged.");
        }
        Optional<JsonObject> verdict = verdict(sql);
        if (verdict.isEmpty()) {
            return refused(ProblemCode.ENGINE_ENDED, "The engine that judges plans has ended.");
        }
        if (verdict.get().has("findings")) {
            lastFindings = verdict.get().objects("findings").stream()
                    .map(DisclosureFinding::parse)
                    .toList();
        } else if (keep && verdict.get().has("columns")) {
            tables.put(name, new ProgramRun.Table(name, sql));
        }
        return Map.of("plan", verdict.get().asMap());
    }

    private Optional<JsonObject> verdict(String sql) {
        if (guardGone) {
            return Optional.empty();
        }
        try {
            texts.put(Optional.of(sql));
            return verdicts.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    void guardIsGone() {
        guardGone = true;
        verdicts.offer(Optional.empty());
    }

    /** @return whether the guard was there until the end */
    boolean end() {
        boolean lived = !guardGone;
        close();
        return lived;
    }

    List<ProgramRun.Table> tables() {
        return new ArrayList<>(tables.values());
    }

    /** Why the last plan was refused that was; empty if none was. */
    List<DisclosureFinding> lastFindings() {
        return lastFindings;
    }

    /** The guard is told that no more texts come. */
    @Override
    public void close() {
        texts.offer(NO_MORE);
    }

    private static Map<String, Object> refused(ProblemCode code, String detail) {
        return Map.of("refused", code.name(), "detail", detail);
    }
}
