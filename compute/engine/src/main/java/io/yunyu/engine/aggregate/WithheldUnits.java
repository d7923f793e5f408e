package io.yunyu.engine.aggregate;

import io.yunyu.contract.disclosure.ReviewFacts.WithheldShare;
import io.yunyu.engine.perturbation.CellKey;
import io.yunyu.engine.perturbation.CountPerturbation;
import java.util.List;

/**
 * How large a share of the units is in cells below the threshold. Protected like a cell itself: fewer units than the
 * threshold are told from none nowhere, more of them get cell-key noise, and what comes out is one of five bands. A unit
 * counts once for each cell of the finest grouping that it is in.
 */
final class WithheldUnits {
    private WithheldUnits() {}

    static WithheldShare share(List<Cell> cells, int minUnits, CountPerturbation noise) {
        long finest = cells.stream().mapToLong(Cell::summedOver).min().orElse(0);
        long small = 0;
        long smallKeys = 0;
        long large = 0;
        long largeKeys = 0;
        for (Cell cell : cells) {
            if (cell.summedOver() == finest && cell.units() < minUnits) {
                small += cell.units();
                smallKeys += CellKey.ofTotal(cell.recordKeys());
            } else if (cell.summedOver() == finest) {
                large += cell.units();
                largeKeys += CellKey.ofTotal(cell.recordKeys());
            }
        }
        if (small < minUnits) {
            return WithheldShare.FEW;
        }
        double shown = noise.perturb(small, CellKey.ofTotal(smallKeys));
        return band(shown / (shown + noise.perturb(large, CellKey.ofTotal(largeKeys))));
    }

    private static WithheldShare band(double share) {
        if (share < 0.05) {
            return WithheldShare.FEW;
        } else if (share < 0.1) {
            return WithheldShare.TENTH;
        } else if (share < 0.25) {
            return WithheldShare.QUARTER;
        }
        return share < 0.5 ? WithheldShare.HALF : WithheldShare.MOST;
    }
}
