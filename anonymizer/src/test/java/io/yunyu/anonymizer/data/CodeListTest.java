package io.yunyu.anonymizer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeListTest {
    /** The greatest codes of each width, and one more; three blocks of which the last is not full. */
    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 65_535, 65_536, Integer.MAX_VALUE})
    void get_codesOfEveryWidth_givesWhatWasAdded(int greatest) {
        CodeList codes = new CodeList();
        int rows = 150_000;
        for (int row = 0; row < rows; row++) {
            codes.add(code(row, greatest));
        }
        assertThat(codes.size()).isEqualTo(rows);
        for (int row = 0; row < rows; row++) {
            if (codes.get(row) != code(row, greatest)) {
                assertThat(codes.get(row)).as("row %d", row).isEqualTo(code(row, greatest));
            }
        }
    }

    /** Runs that begin and end anywhere, over the ends of blocks too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 65_535, 65_536, Integer.MAX_VALUE})
    void copy_someRows_givesTheirCodes(int greatest) {
        CodeList codes = new CodeList();
        int rows = 150_000;
        for (int row = 0; row < rows; row++) {
            codes.add(code(row, greatest));
        }
        int[] into = new int[rows];
        for (int[] run :
                new int[][] {{0, rows}, {65_000, 70_000}, {65_536, 65_536}, {131_071, 2}, {149_999, 1}, {7, 0}}) {
            codes.copy(run[0], run[1], into);
            int[] expected = IntStream.range(run[0], run[0] + run[1])
                    .map(row -> code(row, greatest))
                    .toArray();
            assertThat(Arrays.copyOf(into, run[1])).isEqualTo(expected);
        }
    }

    private static int code(int row, int greatest) {
        return row % 3 == 0 ? greatest : row % greatest;
    }
}
