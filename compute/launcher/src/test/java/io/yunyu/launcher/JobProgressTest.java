package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.channel.EngineEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JobProgressTest {
    private static final EngineEvent ZERO = EngineEvent.KEYS_RECEIVED;
    private static final EngineEvent ONE = EngineEvent.CELLS_COMPUTED;

    private final List<String> heard = new ArrayList<>();
    private final EngineListener listener = (event, count) -> heard.add(event + ":" + count.orElse(-1));
    private final EngineListener progress = new JobProgress(listener);

    private void tell(EngineEvent... events) {
        for (EngineEvent event : events) {
            progress.event(event, OptionalLong.empty());
        }
    }

    @Test
    void event_stepsInOrder_areHeard() {
        tell(EngineEvent.JOB_RECEIVED, EngineEvent.QUERY_CHECKED, EngineEvent.CELLS_COMPUTED);
        assertThat(heard).containsExactly("JOB_RECEIVED:-1", "QUERY_CHECKED:-1", "CELLS_COMPUTED:-1");
    }

    @Test
    void event_againOrEarlier_isNotHeard() {
        tell(EngineEvent.QUERY_CHECKED, EngineEvent.QUERY_CHECKED, EngineEvent.JOB_RECEIVED);
        assertThat(heard).containsExactly("QUERY_CHECKED:-1");
    }

    @Test
    void event_number_isHeardOfTenthsInTheirOrderOnly() {
        progress.event(EngineEvent.ROWS_READ, OptionalLong.of(250_856));
        for (long n : new long[] {2, 0, 1, 1, 3, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1}) {
            progress.event(EngineEvent.TENTH_READ, OptionalLong.of(n));
        }
        progress.event(EngineEvent.TENTH_READ, OptionalLong.empty());
        assertThat(heard)
                .containsExactly(
                        "ROWS_READ:-1",
                        "TENTH_READ:1",
                        "TENTH_READ:2",
                        "TENTH_READ:3",
                        "TENTH_READ:4",
                        "TENTH_READ:5",
                        "TENTH_READ:6",
                        "TENTH_READ:7",
                        "TENTH_READ:8",
                        "TENTH_READ:9",
                        "TENTH_READ:10");
    }

    /** An engine with a private query tells its tenths before it has the keys; either order is a job's. */
    @Test
    void event_tenthsBeforeAnEarlierStep_doNotHideIt() {
        progress.event(EngineEvent.TENTH_READ, OptionalLong.of(1));
        tell(EngineEvent.KEYS_RECEIVED);
        assertThat(heard).containsExactly("TENTH_READ:1", "KEYS_RECEIVED:-1");
    }

    /** An engine that was taken over spells a record by the order of its steps. */
    @Test
    void spelling_bySteps_tellsAtMostWhichWereLeftOut() {
        Random random = new Random(20261129);
        byte[] record = new byte[40];
        random.nextBytes(record);
        spell(record, progress);
        assertThat(heard).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void control_spellingBySteps_withoutIt_works() {
        Random random = new Random(20261129);
        byte[] record = new byte[40];
        random.nextBytes(record);
        spell(record, listener);
        BitSet read = new BitSet();
        for (int i = 0; i < heard.size(); i++) {
            read.set(i, heard.get(i).startsWith(ONE.name()));
        }
        assertThat(read).isEqualTo(BitSet.valueOf(record));
    }

    private static void spell(byte[] record, EngineListener to) {
        BitSet bits = BitSet.valueOf(record);
        for (int i = 0; i < record.length * 8; i++) {
            to.event(bits.get(i) ? ONE : ZERO, OptionalLong.empty());
        }
    }
}
