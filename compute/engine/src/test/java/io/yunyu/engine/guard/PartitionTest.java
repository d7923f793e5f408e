package io.yunyu.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class PartitionTest {
    private static final int SIDE = 9;
    private static final int REGIONS = 40;

    @RepeatedTest(5)
    void cut_anyRegions_keepsClassesThatAreWhollyInsideOrOutsideOfEach(RepetitionInfo repetition) {
        long seed = 20261130L + repetition.getCurrentRepetition();
        System.out.println("PartitionTest seed " + seed);
        Random random = new Random(seed);
        Partition partition = new Partition();
        List<Region> regions = new ArrayList<>();
        List<BitSet> insides = new ArrayList<>();
        for (int i = 0; i < REGIONS; i++) {
            Region region = region(random);
            BitSet inside = partition.cut(region, whole -> {
                int piece = partition.size() - 1;
                insides.forEach(earlier -> earlier.set(piece, earlier.get(whole)));
            });
            assertThat(partition.meeting(region)).isEqualTo(inside);
            regions.add(region);
            insides.add(inside);
        }

        for (long x = 0; x < SIDE; x++) {
            for (String y : new String[] {"a", "b", "c", null}) {
                Region point = Region.label("x", x).and(Region.label("y", y)).orElseThrow();
                BitSet classes = partition.meeting(point);
                assertThat(classes.cardinality()).isEqualTo(1);
                int holding = classes.nextSetBit(0);
                for (int i = 0; i < REGIONS; i++) {
                    assertThat(insides.get(i).get(holding))
                            .isEqualTo(regions.get(i).meets(point));
                }
            }
        }
    }

    private static Region region(Random random) {
        long from = random.nextInt(SIDE);
        Region rows = Region.between("x", from, from + random.nextInt(3));
        return switch (random.nextInt(4)) {
            case 0 -> rows;
            case 1 -> Region.label("y", random.nextBoolean() ? "b" : null);
            case 2 -> rows.and(Region.oneOf("y", List.of("a", "c"))).orElseThrow();
            default -> rows.or(Region.label("y", "a")).orElseThrow();
        };
    }
}
