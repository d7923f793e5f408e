package io.yunyu.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.engine.perturbation.CellKey;
import io.yunyu.engine.perturbation.CountPerturbation;
import io.yunyu.engine.perturbation.PerturbationParameters;
import io.yunyu.engine.perturbation.PerturbationTable;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A suppressed cell of 1 to 9 persons in a table with margins, taken back by subtraction along its row and its column. */
class MarginsTest {
    private static final int TABLES = 400;
    private static final int SIDE = 4;
    private static final long SEED = 11;
    private static final CountPerturbation NOISE = new CountPerturbation(
            PerturbationTable.of(PerturbationParameters.counts(5, 3, 2)).shuffled(0.2, new byte[32]));

    @Test
    void subtraction_perturbedMargins_seldomFindsTheExactCount() {
        // The mean of both subtractions has a variance of 4 x 3 / 2: right for 0.26 of the counts 1 to 9; 0.02 by
        // chance.
        assertThat(found(Answers.PERTURBED)).isLessThan(0.33);
    }

    @Test
    void subtraction_exactMargins_alwaysFindsIt() {
        assertThat(found(Answers.EXACT)).isEqualTo(1.0);
    }

    @Test
    void subtraction_marginsRoundedToFive_seldomFindsIt() {
        assertThat(found(Answers.ROUNDED)).isLessThan(0.3);
    }

    private enum Answers {
        EXACT,
        PERTURBED,
        ROUNDED
    }

    /** Share of tables in which the mean of both subtractions, rounded, is the suppressed count. */
    private static double found(Answers answers) {
        System.out.println("margins, seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        double found = 0;
        for (int t = 0; t < TABLES; t++) {
            long[][] cells = new long[SIDE][SIDE];
            for (long[] row : cells) {
                for (int c = 0; c < SIDE; c++) {
                    row[c] = 20 + random.nextInt(60);
                }
            }
            cells[0][0] = 1 + random.nextInt(9);
            double byRow = 0;
            double byColumn = 0;
            long row = 0;
            long column = 0;
            for (int i = 0; i < SIDE; i++) {
                row += cells[0][i];
                column += cells[i][0];
                if (i > 0) {
                    byRow -= published(cells[0][i], answers, random);
                    byColumn -= published(cells[i][0], answers, random);
                }
            }
            byRow += published(row, answers, random);
            byColumn += published(column, answers, random);
            long guess = Math.max(1, Math.min(9, Math.round((byRow + byColumn) / 2)));
            found += guess == cells[0][0] ? 1 : 0;
        }
        return found / TABLES;
    }

    /** Different sets have independent keys. */
    private static double published(long count, Answers answers, SplittableRandom random) {
        return switch (answers) {
            case EXACT -> count;
            case PERTURBED -> NOISE.perturb(count, random.nextLong(CellKey.MODULUS));
            case ROUNDED -> 5.0 * Math.round(count / 5.0);
        };
    }
}
