package io.yunyu.anonymizer.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.data.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassUnitsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void ofRows_personsWithSeveralRecords_countOncePerClassAlsoAfterMerging(long seed) {
        Random random = new Random(seed);
        List<String> persons = new ArrayList<>();
        int[] tupleOfRow = new int[300];
        for (int row = 0; row < tupleOfRow.length; row++) {
            persons.add("p" + random.nextInt(70));
            tupleOfRow[row] = random.nextInt(24);
        }
        int[] mapping = new int[24];
        for (int tuple = 0; tuple < mapping.length; tuple++) {
            mapping[tuple] = tuple % 5;
        }

        ClassUnits units = ClassUnits.ofRows(tupleOfRow, 24, Column.of("person", persons));
        ClassUnits merged = units.rollUp(mapping, 5).rollUp(new int[] {0, 0, 1, 1, 1}, 2);

        for (int tuple = 0; tuple < 24; tuple++) {
            assertThat(units.distinct(tuple)).isEqualTo(persons(tupleOfRow, persons, Set.of(tuple)));
        }
        for (int c = 0; c < 2; c++) {
            Set<Integer> tuples = new HashSet<>();
            for (int tuple = 0; tuple < 24; tuple++) {
                if ((tuple % 5 < 2 ? 0 : 1) == c) {
                    tuples.add(tuple);
                }
            }
            assertThat(merged.distinct(c)).isEqualTo(persons(tupleOfRow, persons, tuples));
        }
    }

    private static long persons(int[] tupleOfRow, List<String> persons, Set<Integer> tuples) {
        Set<String> found = new HashSet<>();
        for (int row = 0; row < tupleOfRow.length; row++) {
            if (tuples.contains(tupleOfRow[row])) {
                found.add(persons.get(row));
            }
        }
        return found.size();
    }
}
