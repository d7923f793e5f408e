package io.yunyu.engine.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.BaseGroupingSets;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** The fewest keys to coarsen or to leave out until a query has few cells, whatever the records are. */
final class BoundedSearch {
    private static final int MAX_TRIES = 60;
    private static final int MOST_KEYS = 8;

    private final CellBound bound;
    private final ChangeSearch.Trial trial;
    private int tried;

    BoundedSearch(CellBound bound, ChangeSearch.Trial trial) {
        this.bound = bound;
        this.trial = trial;
    }

    int tried() {
        return tried;
    }

    private record State(List<String> steps, QueryBlock block) {}

    Optional<ChangeSearch.Found> smallest(QueryBlock block) {
        List<State> level = List.of(new State(List.of(), block));
        for (int edits = 1; edits <= MOST_KEYS; edits++) {
            List<State> next = new ArrayList<>();
            for (State state : level) {
                for (Edit edit : edits(state.block)) {
                    List<String> steps = new ArrayList<>(state.steps);
                    steps.add(edit.step());
                    next.add(new State(steps, edit.block()));
                }
            }
            for (State state : next) {
                if (bound.holds(state.block) && passes(state.block)) {
                    return Optional.of(new ChangeSearch.Found(state.steps, BlockText.of(state.block)));
                }
            }
            level = next.size() > 500 ? next.subList(0, 500) : next;
        }
        // With that many keys: all of them at once.
        QueryBlock total = block;
        List<String> steps = new ArrayList<>();
        while (!total.groups().isEmpty()) {
            Edit edit = Removals.key(total, total.groups().size() - 1);
            steps.add(edit.step());
            total = edit.block();
        }
        return bound.holds(total) && passes(total)
                ? Optional.of(new ChangeSearch.Found(steps, BlockText.of(total)))
                : Optional.empty();
    }

    private boolean passes(QueryBlock block) {
        return tried++ < MAX_TRIES && trial.violations(BlockText.of(block)).isEmpty();
    }

    private List<Edit> edits(QueryBlock block) {
        List<Edit> edits = new ArrayList<>();
        for (Expression key : block.groups()) {
            List<UnresolvedAttribute> columns = QueryBlock.columns(key);
            if (!(key instanceof BaseGroupingSets) && columns.size() == 1) {
                for (Expression coarse : bound.coarser(key, columns.get(0), block)) {
                    edits.add(new Edit(
                            step("Group by " + Edit.shown(ExpressionText.of(coarse)) + " in place of a finer key."),
                            block.replaced(key, coarse)));
                }
            }
        }
        for (int i = block.groups().size() - 1; i >= 0; i--) {
            edits.add(Removals.key(block, i));
        }
        return edits;
    }

    private static String step(String sentence) {
        return sentence;
    }
}
