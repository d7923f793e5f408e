package io.yunyu.engine.channel;

import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineJob.AnonymizeJob;
import io.yunyu.contract.job.EngineJob.IngestJob;
import io.yunyu.contract.job.EngineJob.PublicationJob;
import io.yunyu.contract.job.EngineJob.ReplayJob;
import io.yunyu.contract.job.EngineJob.SqlJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two pipes with a {@link FakeVault} at the far end, so that questions and answers really cross as frames. */
public final class FakeChannel {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final SealKeys seal = SealKeys.generate();
    private final FrameReader in;
    private final FrameWriter out;

    public FakeChannel(FakeVault vault) {
        try {
            PipedOutputStream toEngine = new PipedOutputStream();
            PipedInputStream fromEngine = new PipedInputStream(1 << 16);
            in = new FrameReader(new PatientInput(new PipedInputStream(toEngine, 1 << 16)));
            out = new FrameWriter(new PipedOutputStream(fromEngine));
            Thread far = new Thread(() -> serve(vault, new PatientInput(fromEngine), toEngine), "fake-vault");
            far.setDaemon(true);
            far.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public VaultQuestions vaultOf(IngestJob job) {
        return ChannelVault.of(job, in, out, seal, sink());
    }

    public ChannelVault vaultOf(SqlJob job) {
        return ChannelVault.of(job, in, out, seal, sink());
    }

    public ChannelVault vaultOf(AnonymizeJob job) {
        return ChannelVault.of(job, in, out, seal, sink());
    }

    public ChannelVault vaultOf(PublicationJob job) {
        return ChannelVault.of(job, in, out, seal, sink());
    }

    public ChannelVault vaultOf(ReplayJob job) {
        return ChannelVault.of(job, in, out, seal, sink());
    }

    public EventSink sink() {
        return new EventSink() {
            @Override
            public void happened(EngineEvent event) {
                events.add(event.name());
            }

            @Override
            public void happened(EngineEvent event, long n) {
                events.add(event.name() + " " + n);
            }
        };
    }

    public List<String> events() {
        return events;
    }

    private void serve(FakeVault vault, InputStream from, OutputStream to) {
        FrameReader questions = new FrameReader(from);
        FrameWriter answers = new FrameWriter(to);
        try {
            for (Optional<Frame> q = questions.next(); q.isPresent(); q = questions.next()) {
                answers.write(Frame.json(Frame.ANSWER, vault.answer(q.get().json(), seal.sealTo())));
            }
        } catch (IOException ended) {
            // The test is over and its pipe with it.
        }
    }

    /** Java's pipes fail when a writing thread ended, although others may still write: Spark's task threads come and go. */
    private static final class PatientInput extends InputStream {
        private final PipedInputStream pipe;

        PatientInput(PipedInputStream pipe) {
            this.pipe = pipe;
        }

        @Override
        public int read() throws IOException {
            while (true) {
                try {
                    return pipe.read();
                } catch (IOException e) {
                    if (!String.valueOf(e.getMessage()).contains("end dead")) {
                        throw e;
                    }
                }
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int first = read();
            if (first < 0) {
                return -1;
            }
            buffer[offset] = (byte) first;
            return 1;
        }
    }
}
