package io.yunyu.api.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WakeTest {
    /** The second worker would otherwise find its job only when its pause is over. */
    @Test
    void await_twoHints_wakeTwoWorkers() throws Exception {
        Wake wake = new Wake();
        wake.up();
        wake.up();
        assertThat(wake.await(0)).isTrue();
        assertThat(wake.await(0)).isTrue();
        assertThat(wake.await(0)).isFalse();
    }
}
