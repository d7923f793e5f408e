package io.yunyu.program;

import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks the guard on the other side of the wall about one text at a time. */
final class PlanChannel {
    private final String jobId;
    private final FrameReader in;
    private final FrameWriter out;
    private long lastId;

    PlanChannel(String jobId, FrameReader in, FrameWriter out) {
        this.jobId = jobId;
        this.in = in;
        this.out = out;
    }

    /**
     * Whether a text may run, and the columns it would give.
     *
     * @throws NotOffered with what the guard says against it
     */
    PlanVerdict check(String sql) {
        return ask("check", Json.object("sql", sql));
    }

    /**
     * Has the text's answer made a table of that name once the program has ended.
     *
     * @throws NotOffered with what the guard says against it
     */
    PlanVerdict keep(String name, String sql) {
        return ask("keep", Json.object("name", name, "sql", sql));
    }

    private synchronized PlanVerdict ask(String op, Map<String, Object> members) {
        Map<String, Object> question = new LinkedHashMap<>(members);
        question.put("id", ++lastId);
        question.put("op", op);
        question.put("jobId", jobId);
        try {
            out.write(Frame.json(Frame.QUESTION, question));
            Frame frame = in.next().orElseThrow(() -> new ChannelException("The channel ended before an answer."));
            JsonObject answer = frame.json();
            if (answer.has("refused")) {
                throw new NotOffered(answer.optionalString("detail").orElse(answer.string("refused")));
            }
            return PlanVerdict.parse(answer.object("plan"));
        } catch (IOException e) {
            throw new NotOffered("The sandbox is closing; nothing is checked any more.");
        }
    }
}
