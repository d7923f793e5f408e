package io.yunyu.launcher;

import io.yunyu.contract.json.JsonObject;
import java.util.Map;

/** Where an engine's questions go. */
@FunctionalInterface
public interface VaultPort {
    /**
     * Answers one question.
     *
     * @param sealTo the engine's sealing key, from its hello
     * @param question with {@code id}, {@code op} and {@code jobId}; the job is the one the launcher gave this engine
     * @return {@code sealed}, or {@code guard} for what the guard's memory answers, or {@code plan} between a
     *     program and the guard of its plans, or {@code solver} between an engine and its solver, or {@code refused} and {@code detail}
     * @throws io.yunyu.contract.problem.ProblemException to refuse; the engine is told code and detail
     */
    Map<String, Object> answer(String sealTo, JsonObject question);

    /** For jobs that need no key, such as checks: refuses everything. */
    static VaultPort none() {
        return (sealTo, question) ->
                Map.of("refused", "KEY_REFUSED", "detail", "This job was started without access to keys.");
    }
}
