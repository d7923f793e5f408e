package io.yunyu.launcher;

import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.PlansJob;
import io.yunyu.contract.job.ProgramJob;
import io.yunyu.contract.job.SolveJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** From the job frame to the end frame: answers questions, collects output, believes nothing. */
final class JobConversation {
    static final int MOST_QUESTIONS = 1000;
    static final int LONGEST_DETAIL = 2000;

    private final EngineJob job;
    private final String sealTo;
    private final VaultPort vault;
    private final FrameReader frames;
    private final FrameWriter answers;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final long mostOutputBytes;
    private int questions;

    JobConversation(EngineJob job, String sealTo, VaultPort vault, FrameReader frames, FrameWriter answers) {
        this.job = job;
        this.sealTo = sealTo;
        this.vault = vault;
        this.frames = frames;
        this.answers = answers;
        this.mostOutputBytes = Math.min(job.maxOutputBytes(), Integer.MAX_VALUE - 64);
    }

    /**
     * @throws ChannelException for what an engine must not send
     * @throws IOException if the engine ends first
     */
    EngineOutcome untilEnd() throws IOException {
        while (true) {
            Frame frame = frames.next().orElseThrow(EOFException::new);
            switch (frame.type()) {
                case Frame.QUESTION -> answer(frame.json());
                case Frame.OUTPUT -> append(frame.payload());
                case Frame.END -> {
                    return end(frame.json());
                }
                default -> throw new ChannelException("A frame of this type is not the engine's to send now.");
            }
        }
    }

    private void append(byte[] piece) {
        if (piece.length == 0 || output.size() + (long) piece.length > mostOutputBytes) {
            throw new ChannelException("The output exceeds the job's bound of " + mostOutputBytes + " bytes.");
        }
        output.writeBytes(piece);
    }

    private EngineOutcome end(JsonObject json) {
        EngineResult result = EngineResult.parse(json);
        boolean done = result.status() == EngineResult.Status.DONE;
        if (done == result.problem().isPresent()) {
            throw new ChannelException("The end frame must name a problem exactly if the job is not done.");
        }
        if (result.problem().map(p -> p.detail().length() > LONGEST_DETAIL).orElse(false)) {
            throw new ChannelException("The end frame's detail exceeds " + LONGEST_DETAIL + " characters.");
        }
        if (done && !fitsJob(result)) {
            throw new ChannelException("The end frame lacks what a job of this kind must yield.");
        }
        return new EngineOutcome(result, done ? output.toByteArray() : EngineOutcome.NOTHING);
    }

    private boolean fitsJob(EngineResult result) {
        if (job instanceof SolveJob) {
            return output.size() > 0;
        }
        if (job.maxOutputBytes() > 0) {
            return result.candidateDigest().isPresent() && output.size() > 0;
        }
        if (job instanceof EngineJob.IngestJob) {
            return result.ingest().isPresent();
        }
        return result.report().isPresent() || job instanceof ProgramJob || job instanceof PlansJob;
    }

    private void answer(JsonObject question) throws IOException {
        long id = question.longValue("id");
        if (++questions > MOST_QUESTIONS) {
            throw new ChannelException("The engine asked more than " + MOST_QUESTIONS + " questions.");
        }
        Map<String, Object> answer = new LinkedHashMap<>(checked(vaultAnswer(question)));
        answer.put("id", id);
        answers.write(Frame.json(Frame.ANSWER, answer));
    }

    private Map<String, Object> vaultAnswer(JsonObject question) {
        question.string("op");
        if (!question.string("jobId").equals(job.jobId())) {
            return refused(ProblemCode.KEY_REFUSED, "An engine may ask for its own job only.");
        }
        try {
            return vault.answer(sealTo, question);
        } catch (ProblemException e) {
            return refused(e.problem().code(), e.problem().detail());
        }
    }

    /** Only what the channel knows goes back, and only if it fits a frame. */
    private static Map<String, Object> checked(Map<String, Object> answer) {
        Map<String, Object> known = Json.object(
                "sealed", answer.get("sealed"),
                "guard", answer.get("guard"),
                "plan", answer.get("plan"),
                "solver", answer.get("solver"),
                "refused", answer.get("refused"),
                "detail", answer.get("detail"));
        try {
            long kinds = Stream.of("sealed", "guard", "plan", "solver", "refused")
                    .filter(known::containsKey)
                    .count();
            if (kinds == 1 && Json.bytes(known).length <= Frame.MAX_PAYLOAD_BYTES - 64) {
                return known;
            }
        } catch (JsonException e) {
            return refused(ProblemCode.INTERNAL, "The vault's answer could not be understood.");
        }
        return refused(ProblemCode.INTERNAL, "The vault's answer did not have the agreed form.");
    }

    private static Map<String, Object> refused(ProblemCode code, String detail) {
        return Map.of("refused", code.name(), "detail", detail);
    }
}
