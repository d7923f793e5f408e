package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.quality.InformationLoss;
import io.yunyu.anonymizer.search.SearchOutcome.Solution;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The best transformation so far. Least loss wins; among equals the {@link TieBreak} decides. */
final class Incumbent {
    private final TieBreak tieBreak;
    private @Nullable Solution best;
    private int[] bestLevels = {};

    Incumbent(TieBreak tieBreak) {
        this.tieBreak = tieBreak;
    }

    /** Offers a transformation; true if it is the new best. */
    boolean offer(AnonymizedClasses classes, InformationLoss loss) {
        int[] levels = classes.classes().levels();
        if (!couldWin(loss, levels)) {
            return false;
        }
        best = new Solution(Transformation.of(levels), classes, loss);
        bestLevels = levels;
        return true;
    }

    /** Whether a transformation with at least this loss could be better. */
    boolean couldWin(InformationLoss bound, int[] levels) {
        Solution current = best;
        if (current == null) {
            return true;
        }
        int comparison = bound.compareTo(current.loss());
        return comparison < 0 || comparison == 0 && tieBreak.compare(levels, bestLevels) < 0;
    }

    Optional<Solution> best() {
        return Optional.ofNullable(best);
    }
}
