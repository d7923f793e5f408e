package io.yunyu.contract.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    @Test
    void next_framesWritten_readBackThenEnd() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(bytes);
        writer.write(Frame.json(Frame.HELLO, Map.of("protocol", 1)));
        writer.write(new Frame(Frame.OUTPUT, new byte[Frame.MAX_PAYLOAD_BYTES]));
        FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(reader.next().orElseThrow().json().longValue("protocol")).isEqualTo(1);
        assertThat(reader.next().orElseThrow().payload()).hasSize(Frame.MAX_PAYLOAD_BYTES);
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void next_lengthOverTheBound_refusedWithoutAllocating() {
        byte[] huge = {'O', 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
        assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(huge)).next())
                .isInstanceOf(ChannelException.class);
        byte[] oneMore = {'O', 0, 0x10, 0, 1};
        assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(oneMore)).next())
                .isInstanceOf(ChannelException.class);
        byte[] negative = {'O', -1, -1, -1, -1};
        assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(negative)).next())
                .isInstanceOf(ChannelException.class);
    }

    @Test
    void frame_ofMoreThanItsBound_isNotMade() {
        assertThatThrownBy(() -> new Frame(Frame.OUTPUT, new byte[Frame.MAX_PAYLOAD_BYTES + 1]))
                .isInstanceOf(ChannelException.class);
    }

    @Test
    void next_unknownTypeOrCutOff_refused() {
        assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(new byte[] {'X', 0, 0, 0, 0})).next())
                .isInstanceOf(ChannelException.class);
        assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(new byte[] {'O', 0, 0, 0, 9, 1})).next())
                .isInstanceOf(EOFException.class);
    }

    @Test
    void toString_ofAFrame_holdsNoPayload() {
        assertThat(new Frame(Frame.OUTPUT, "CANARY".getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString())
                .doesNotContain("CANARY");
    }
}
