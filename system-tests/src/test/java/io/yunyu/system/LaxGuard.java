package io.yunyu.system;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A guard of plans that lets everything pass: what a program can do where the policy is off. Runs in a sandbox too. */
public final class LaxGuard {
    private LaxGuard() {}

    public static void main(String[] arguments) throws IOException {
        FrameReader in = new FrameReader(new FileInputStream(FileDescriptor.in));
        FrameWriter out = new FrameWriter(new FileOutputStream(FileDescriptor.out));
        out.write(Frame.json(Frame.HELLO, Json.object("protocol", 1, "engine", "lax", "sealTo", "none")));
        JsonObject job = in.next().orElseThrow().json();
        Map<String, Object> verdict = Map.of();
        for (long id = 1; ; id++) {
            out.write(Frame.json(
                    Frame.QUESTION,
                    Json.object("id", id, "jobId", job.string("jobId"), "op", "nextPlan", "verdict", verdict)));
            JsonObject answer = in.next().orElseThrow().json();
            if (!answer.object("plan").has("sql")) {
                out.write(Frame.json(Frame.END, Json.object("status", "DONE")));
                return;
            }
            verdict = Json.object("columns", List.of(Json.object("name", "n", "type", "bigint")));
        }
    }
}
