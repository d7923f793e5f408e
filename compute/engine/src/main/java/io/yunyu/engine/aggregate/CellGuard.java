package io.yunyu.engine.aggregate;

import io.yunyu.engine.guard.ReleaseGuard;
import io.yunyu.engine.guard.ReleasedCell;
import java.util.Set;

/** The differencing guard at a query's cells. */
@FunctionalInterface
interface CellGuard {
    /** Without memory: for measuring what the guard is good for. */
    CellGuard NONE = (cell, aspect, published) -> published;

    /** What is published of a value of a cell, given what would be. */
    CellProtection.Outcome answer(Cell cell, String aspect, CellProtection.Outcome.Published published);

    static CellGuard over(ReleaseGuard guard, CellRegions regions) {
        return (cell, aspect, published) -> {
            ReleaseGuard.Answer answer = guard.answer(
                    regions.of(cell),
                    cell.units(),
                    new ReleasedCell.Value(aspect, cell.contributors(aspect), cell.sketch(aspect), published.value()));
            if (answer instanceof ReleaseGuard.Answer.AsBefore before) {
                return new CellProtection.Outcome.Published(before.published(), Set.of(before.job()));
            }
            return answer instanceof ReleaseGuard.Answer.Withheld ? CellProtection.EXPOSURE : published;
        };
    }
}
