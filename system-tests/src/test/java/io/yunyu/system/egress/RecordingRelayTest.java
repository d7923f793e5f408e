package io.yunyu.system.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingRelayTest {
    private static final Planted EARLY = Planted.unwatched("early");
    private static final Planted LATE = Planted.unwatched("late");

    /** As where several test classes share an installation, and a client keeps its connection. */
    @Test
    void answers_onAConnectionOlderThanTheStreams_areKeptToo() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RecordingRelay relay = RecordingRelay.before("http://127.0.0.1:" + server.getLocalPort());
                Socket client =
                        new Socket("127.0.0.1", URI.create(relay.address()).getPort());
                Socket answering = server.accept()) {
            answer(answering, client, EARLY);
            assertThat(Egress.findInStreams(List.of(EARLY))).hasSize(1);
            Egress.checkStreams();
            answer(answering, client, LATE);
            assertThat(Egress.findInStreams(List.of(EARLY, LATE)))
                    .singleElement()
                    .asString()
                    .startsWith("answers on connection")
                    .contains("late");
        }
    }

    private static void answer(Socket from, Socket to, Planted value) throws Exception {
        byte[] text = value.text().getBytes(StandardCharsets.US_ASCII);
        from.getOutputStream().write(text);
        InputStream in = to.getInputStream();
        assertThat(in.readNBytes(text.length)).isEqualTo(text);
    }
}
