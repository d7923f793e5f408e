package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.SolveJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of a job's conversation, at the bound and one beyond, on streams in memory. */
class JobConversationTest {
    private static final int MOST_OUTPUT = 100;
    private static final VaultPort VAULT = (sealTo, question) -> Map.of("sealed", "c2VhbGVk");

    private final ByteArrayOutputStream engine = new ByteArrayOutputStream();
    private final FrameWriter out = new FrameWriter(engine);
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

    private static EngineJob query() {
        return new EngineJob.SqlJob("job-1", "SELECT 1", "{}", List.of(), "{}", Map.of(), "hpke:x", MOST_OUTPUT);
    }

    private EngineOutcome hear(EngineJob job, VaultPort vault) throws IOException {
        FrameReader frames = new FrameReader(new ByteArrayInputStream(engine.toByteArray()));
        return new JobConversation(job, "hpke:engine", vault, frames, new FrameWriter(answers)).untilEnd();
    }

    private EngineOutcome hear() throws IOException {
        return hear(query(), VAULT);
    }

    private void refused(String why) {
        assertThatExceptionOfType(ChannelException.class).isThrownBy(this::hear).withMessageContaining(why);
    }

    private void output(int bytes) throws IOException {
        out.write(new Frame(Frame.OUTPUT, new byte[bytes]));
    }

    private void end(EngineResult result) throws IOException {
        out.write(Frame.json(Frame.END, result.toJson()));
    }

    private void ask(long id, String job) throws IOException {
        out.write(Frame.json(Frame.QUESTION, Json.object("id", id, "op", "unwrapKeys", "jobId", job)));
    }

    private static EngineResult failed(String detail) {
        return EngineResult.failed(new Problem(ProblemCode.INTERNAL, detail));
    }

    private JsonObject answer() throws IOException {
        return new FrameReader(new ByteArrayInputStream(answers.toByteArray()))
                .next()
                .orElseThrow()
                .json();
    }

    @Test
    void output_upToTheBound_isKept_oneByteMoreIsRefused() throws IOException {
        output(60);
        output(MOST_OUTPUT - 60);
        end(FakeEngine.done());
        assertThat(hear().sealedOutput()).hasSize(MOST_OUTPUT);
        engine.reset();
        output(60);
        output(MOST_OUTPUT - 59);
        end(FakeEngine.done());
        refused("exceeds the job's bound of 100 bytes");
    }

    @Test
    void output_emptyPiece_isRefused() throws IOException {
        output(0);
        refused("output exceeds");
    }

    @Test
    void output_ofAJobThatHasNone_isRefused() throws IOException {
        output(1);
        assertThatExceptionOfType(ChannelException.class)
                .isThrownBy(() -> hear(new EngineJob.CheckJob("job-1", "SELECT 1", "{}"), VAULT));
    }

    @Test
    void output_beforeAFailure_isDropped() throws IOException {
        output(10);
        end(failed("It failed."));
        assertThat(hear().sealedOutput()).isEmpty();
    }

    @Test
    void questions_asManyAsAllowed_areAnswered_oneMoreIsRefused() throws IOException {
        for (int id = 0; id < 1000; id++) {
            ask(id, "job-1");
        }
        end(failed("It failed."));
        hear();
        FrameReader heard = new FrameReader(new ByteArrayInputStream(answers.toByteArray()));
        for (int id = 0; id < 1000; id++) {
            assertThat(heard.next().orElseThrow().json().longValue("id")).isEqualTo(id);
        }
        assertThat(heard.next()).isEmpty();
        engine.reset();
        for (int id = 0; id <= 1000; id++) {
            ask(id, "job-1");
        }
        end(failed("It failed."));
        refused("more than 1000 questions");
    }

    @Test
    void question_ofAnotherJob_isNotTheVaultsToAnswer() throws IOException {
        ask(1, "job-2");
        end(failed("It failed."));
        hear(query(), (sealTo, question) -> {
            throw new AssertionError("asked");
        });
        assertThat(answer().string("refused")).isEqualTo("KEY_REFUSED");
    }

    /** The answer with its id must fit one frame, or the launcher would break the channel itself. */
    @Test
    void answer_thatFitsNoFrame_isRefusedInstead() throws IOException {
        int room = Frame.MAX_PAYLOAD_BYTES - 64 - Json.bytes(Json.object("sealed", "")).length;
        ask(1, "job-1");
        end(failed("It failed."));
        hear(query(), (sealTo, question) -> Map.of("sealed", "x".repeat(room)));
        assertThat(answer().string("sealed")).hasSize(room);
        answers.reset();
        hear(query(), (sealTo, question) -> Map.of("sealed", "x".repeat(room + 1)));
        assertThat(answer().string("refused")).isEqualTo("INTERNAL");
    }

    @Test
    void answer_ofNoneOrSeveralKinds_isRefusedInstead() throws IOException {
        ask(1, "job-1");
        end(failed("It failed."));
        for (Map<String, Object> wrong :
                List.<Map<String, Object>>of(Map.of(), Map.of("secret", "x"), Map.of("sealed", "x", "guard", "y"))) {
            answers.reset();
            hear(query(), (sealTo, question) -> wrong);
            assertThat(answer().string("refused")).isEqualTo("INTERNAL");
        }
        answers.reset();
        hear(query(), (sealTo, question) -> Map.of("sealed", "x", "secret", "y"));
        assertThat(answer().asMap()).containsOnlyKeys("id", "sealed");
    }

    @Test
    void end_detailUpToTheBound_isHandedOn_longerIsRefused() throws IOException {
        end(failed("x".repeat(2000)));
        assertThat(hear().result().problem().orElseThrow().detail()).hasSize(2000);
        engine.reset();
        end(failed("x".repeat(2001)));
        refused("exceeds 2000 characters");
    }

    @Test
    void end_problemAndDone_excludeEachOther() throws IOException {
        Map<String, Object> both = new LinkedHashMap<>(FakeEngine.done().toJson());
        both.put("problem", new Problem(ProblemCode.INTERNAL, "x").toJson());
        output(1);
        out.write(Frame.json(Frame.END, both));
        refused("exactly if the job is not done");
        engine.reset();
        out.write(Frame.json(Frame.END, Json.object("status", "FAILED")));
        refused("exactly if the job is not done");
    }

    @Test
    void end_doneWithoutWhatTheJobYields_isRefused() throws IOException {
        end(FakeEngine.done());
        refused("lacks what a job of this kind must yield");
        engine.reset();
        output(1);
        end(EngineResult.done());
        refused("lacks what");
        engine.reset();
        end(EngineResult.done());
        for (EngineJob job : List.of(
                new EngineJob.CheckJob("job-1", "SELECT 1", "{}"),
                new SolveJob("job-1", 1),
                new EngineJob.IngestJob("job-1", "{}", new Signature("k", "v"), "/s", "/t", Optional.empty()))) {
            assertThatExceptionOfType(ChannelException.class)
                    .isThrownBy(() -> hear(job, VAULT))
                    .withMessageContaining("lacks what");
        }
    }

    @ParameterizedTest
    @ValueSource(chars = {Frame.HELLO, Frame.JOB, Frame.ANSWER})
    void frame_thatIsNotTheEngines_isRefused(char type) throws IOException {
        out.write(Frame.json(type, Json.object()));
        refused("not the engine's to send");
    }

    @Test
    void stream_thatEndsFirst_isAnEndWithoutAResult() throws IOException {
        output(1);
        assertThatExceptionOfType(EOFException.class).isThrownBy(this::hear);
    }
}
