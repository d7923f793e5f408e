package io.yunyu.program;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.ProgramJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The other end of the channel: writes down what is asked, and lets everything pass but texts that hold "forbidden". */
final class RecordingGuard implements AutoCloseable {
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final PipedInputStream questions = new PipedInputStream(1 << 16);
    private final PipedOutputStream answers = new PipedOutputStream();
    private final PlanChannel channel;

    RecordingGuard() throws IOException {
        FrameWriter toGuard = new FrameWriter(new PipedOutputStream(questions));
        FrameReader fromGuard = new FrameReader(new PipedInputStream(answers, 1 << 16));
        channel = new PlanChannel("program-1", fromGuard, toGuard);
        Thread thread = new Thread(this::serve, "guard");
        thread.setDaemon(true);
        thread.start();
    }

    PlanChannel channel() {
        return channel;
    }

    private void serve() {
        FrameReader in = new FrameReader(questions);
        FrameWriter out = new FrameWriter(answers);
        try {
            for (var frame = in.next(); frame.isPresent(); frame = in.next()) {
                JsonObject question = frame.get().json();
                asked.add(question.string("op") + " "
                        + question.optionalString("name").orElse("-") + " " + question.string("sql"));
                out.write(Frame.json(
                        Frame.ANSWER,
                        Json.object("id", question.longValue("id"), "plan", verdict(question.string("sql")))));
            }
        } catch (IOException e) {
            // The test is over.
            asked.add("closed");
        }
    }

    private static Map<String, Object> verdict(String sql) {
        if (sql.contains("forbidden")) {
            return Json.object("findings", List.of(Json.object("rule", "not-granted", "suggestion", "Leave it out.")));
        }
        List<Map<String, Object>> columns = new ArrayList<>();
        columns.add(new ProgramJob.Column("count", "bigint").toJson());
        return Json.object("columns", columns);
    }

    @Override
    public void close() throws IOException {
        questions.close();
        answers.close();
    }
}
