package io.yunyu.engine.solver;

import io.yunyu.contract.job.SolveJob;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.channel.SolverQuestions;
import io.yunyu.launcher.VaultPort;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** An engine's questions, put to the launcher's side without a process between. */
class RelayQuestions implements SolverQuestions {
    private final VaultPort port;

    RelayQuestions(VaultPort port) {
        this.port = port;
    }

    JsonObject step(String step, Map<String, Object> members) {
        Map<String, Object> question = new LinkedHashMap<>(members);
        question.put("op", SolveJob.OP);
        question.put("step", step);
        return JsonObject.of(port.answer("", JsonObject.of(question)).get("solver"));
    }

    @Override
    public String startSolver(long seconds) {
        return step("start", Map.of("seconds", seconds)).string("sealTo");
    }

    @Override
    public void giveTask(byte[] piece, boolean last) {
        step("task", Map.of("piece", Base64.getEncoder().encodeToString(piece), "last", last));
    }

    @Override
    public Piece takeAnswer() {
        JsonObject answer = step("answer", Map.of());
        return new Piece(Base64.getDecoder().decode(answer.string("piece")), answer.bool("last"));
    }
}
