package io.yunyu.engine.certificate;

import io.yunyu.contract.agreement.AccessGrant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for the smallest change of a block that passes: all single edits, then pairs, then triples, of which each edit
 * must take away a violation of what it is applied to. Where none of these passes, the parts that pass together are
 * collected one by one; of what is then left out nothing could be put back alone.
 *
 * <p>The same text and grant always have the same outcome: order and number of tries are fixed, time plays no part.
 */
final class ChangeSearch {
    static final int MAX_TRIES = 200;
    private static final int MAX_EDITS = 3;
    private static final int MOST_OF_A_LEVEL = 12;
    /** Of texts so long that a try is slow, fewer are tried. */
    private static final int MOST_CHARACTERS = 2_000_000;

    /** What of the rules a text violates, with how often; empty if it passes. */
    interface Trial {
        Map<String, Integer> violations(String sql);
    }

    /** A changed text that passes, and what was changed. */
    record Found(List<String> steps, String sql) {}

    private record State(List<String> steps, QueryBlock block, Map<String, Integer> violations) {
        int left() {
            return violations.values().stream().mapToInt(n -> n).sum();
        }
    }

    private final AccessGrant grant;
    private final Trial trial;
    private final int limit;
    private final Set<String> seen = new HashSet<>();
    private int tried;

    ChangeSearch(AccessGrant grant, Trial trial, String sql) {
        this.grant = grant;
        this.trial = trial;
        this.limit = Math.max(20, Math.min(MAX_TRIES, MOST_CHARACTERS / Math.max(1, sql.length())));
        seen.add(sql);
    }

    int tried() {
        return tried;
    }

    Optional<Found> smallest(List<BlockReader.Draft> drafts) {
        List<State> level = new ArrayList<>();
        for (int edits = 0; edits <= MAX_EDITS; edits++) {
            for (BlockReader.Draft draft : drafts) {
                if (draft.steps().size() == edits) {
                    State state = state(draft.steps(), draft.block());
                    if (state.violations.isEmpty() && edits > 0) {
                        return found(state);
                    }
                    level.add(state);
                }
            }
            if (edits == MAX_EDITS) {
                break;
            }
            level.sort(Comparator.comparingInt(State::left));
            List<State> next = new ArrayList<>();
            for (State state : level.stream().limit(MOST_OF_A_LEVEL).toList()) {
                for (Edit edit : edits(state.block)) {
                    String text = BlockText.of(edit.block());
                    if (tried >= limit * 2 / 3 || !seen.add(text)) {
                        continue;
                    }
                    State changed = new State(plus(state.steps, edit.step()), edit.block(), violations(text));
                    if (changed.violations.isEmpty()) {
                        return found(changed);
                    } else if (better(state, changed)) {
                        next.add(changed);
                    }
                }
            }
            level = next;
        }
        return largestPart(drafts);
    }

    private List<Edit> edits(QueryBlock block) {
        List<Edit> edits = new ArrayList<>(Replacements.of(block, grant));
        edits.addAll(Removals.of(block));
        return edits;
    }

    /** Whether an edit took away a violation, whatever came to light by it. */
    private static boolean better(State before, State after) {
        return before.violations.entrySet().stream()
                .anyMatch(v -> after.violations.getOrDefault(v.getKey(), 0) < v.getValue());
    }

    /** The parts of a block that pass together, taken in the order of what they mean to the answer. */
    private Optional<Found> largestPart(List<BlockReader.Draft> drafts) {
        for (BlockReader.Draft draft : drafts) {
            for (int n = draft.block().sources().size(); n > 0; n--) {
                QueryBlock full =
                        draft.block().withSources(draft.block().sources().subList(0, n));
                PartsOf parts = new PartsOf(full);
                if (passes(parts.block())) {
                    parts.add(this::passes);
                    List<String> steps = new ArrayList<>(draft.steps());
                    steps.addAll(parts.leftOut());
                    return Optional.of(new Found(steps, BlockText.of(parts.block())));
                }
            }
        }
        return Optional.empty();
    }

    private boolean passes(QueryBlock block) {
        return tried < limit && violations(BlockText.of(block)).isEmpty();
    }

    private State state(List<String> steps, QueryBlock block) {
        return new State(steps, block, violations(BlockText.of(block)));
    }

    private Map<String, Integer> violations(String text) {
        tried++;
        return trial.violations(text);
    }

    private static Optional<Found> found(State state) {
        return Optional.of(new Found(state.steps, BlockText.of(state.block)));
    }

    private static List<String> plus(List<String> steps, String step) {
        List<String> more = new ArrayList<>(steps);
        more.add(step);
        return more;
    }
}
