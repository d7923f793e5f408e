package io.yunyu.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ExposureAuditTest {
    private static final int PERSONS = 40;

    @Test
    void admits_manyRandomHalves_refusesOnceTheyTellTooMuch() {
        long seed = 20261130L;
        System.out.println("ExposureAuditTest seed " + seed);
        Random random = new Random(seed);
        ExposureAudit audit = ExposureAudit.ofCounts(2);
        int admitted = 0;
        for (int i = 0; i < 120; i++) {
            List<Long> persons =
                    new ArrayList<>(LongStream.range(0, PERSONS).boxed().toList());
            Collections.shuffle(persons, random);
            Region half = Region.oneOf("person", persons.subList(0, PERSONS / 2));
            admitted += audit.admits(half, PERSONS / 2.0, "query" + i) ? 1 : 0;
        }
        assertThat(admitted).isBetween(1, 6);
        assertThat(audit.refused()).isEqualTo(120 - admitted);
    }
}
