package io.yunyu.engine.channel;

import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Fetches one text after the other over the engine's own stdin and stdout, and says what became of the one before. */
public final class ChannelPlans {
    private final FrameReader in;
    private final FrameWriter out;
    private final String jobId;
    private long lastId;

    public ChannelPlans(String jobId, FrameReader in, FrameWriter out) {
        this.in = in;
        this.out = out;
        this.jobId = jobId;
    }

    /**
     * The next text to judge.
     *
     * @param verdict on the one before; empty at first
     * @return empty if no more will come
     */
    public Optional<String> next(Map<String, Object> verdict) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("id", ++lastId);
        question.put("jobId", jobId);
        question.put("op", "nextPlan");
        question.put("verdict", verdict);
        try {
            out.write(Frame.json(Frame.QUESTION, question));
            Frame frame = in.next().orElseThrow(() -> new ChannelException("The channel ended before an answer."));
            if (frame.type() != Frame.ANSWER || frame.json().longValue("id") != lastId) {
                throw new ChannelException("Something else than the answer to question " + lastId + " arrived.");
            }
            JsonObject answer = frame.json();
            return answer.has("plan") ? answer.object("plan").optionalString("sql") : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The channel broke during question " + lastId + ".", e);
        }
    }
}
