package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.ClassStore;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy.LevelSearch;
import io.yunyu.anonymizer.privacy.ExponentialMechanism;
import io.yunyu.anonymizer.privacy.Fraction;
import io.yunyu.anonymizer.quality.DomainStatistics;
import io.yunyu.anonymizer.quality.ScoreFunction;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Chooses generalization levels under differential privacy (after SafePub, Bild, Kuhn and Prasser 2018). From the
 * coarsest transformation on, each step expands the current one and draws the next among all that were reached and not
 * expanded; a last draw decides among those expanded. Each draw spends an equal part of the budget.
 *
 * <p>Two things differ from SafePub, so that the budgets add up by plain composition: the scores are those of all records
 * and not of the sample that is released afterwards, and the last decision is drawn too instead of taking the best score.
 */
final class LevelChoice {
    private final ClassStore groupings;
    private final ScoreFunction score;
    private final long k;
    private final ExponentialMechanism mechanism;
    private final int[] least;

    private LevelChoice(GroupingPlan plan, GroupedMicrodata data, DifferentialPrivacy model, LevelSearch search) {
        // Nothing is kept here: what has few classes is soon made again, and what has many is kept where it was formed.
        this.groupings = data.classStore(0);
        this.k = model.smallestClass();
        DomainStatistics statistics = SearchRun.statistics(plan, data, k, data.studiedCount());
        this.score = new ScoreFunction(plan.spec().objective(), statistics, k);
        Fraction perDraw = Fraction.of(search.budget()).dividedBy(search.steps() + 1L);
        this.mechanism = new ExponentialMechanism(
                model.seed().isPresent() ? new Random(~model.seed().getAsLong()) : new SecureRandom(), perDraw);
        this.least = plan.quasiIdentifiers().stream()
                .mapToInt(AttributeSpec::minLevel)
                .toArray();
    }

    /** The chosen level of each quasi-identifier that forms classes. */
    static List<Integer> choose(
            GroupingPlan plan, GroupedMicrodata data, DifferentialPrivacy model, LevelSearch search) {
        List<Integer> top = plan.quasiIdentifiers().stream()
                .map(AttributeSpec::highestLevel)
                .toList();
        return new LevelChoice(plan, data, model, search).run(top, search.steps());
    }

    private List<Integer> run(List<Integer> top, int steps) {
        Map<List<Integer>, Fraction> reached = new LinkedHashMap<>();
        List<List<Integer>> expanded = new ArrayList<>();
        reached.put(top, scoreOf(top));
        List<Integer> current = top;
        for (int step = 0; step < steps; step++) {
            expanded.add(current);
            for (int i = 0; i < least.length; i++) {
                if (current.get(i) > least[i]) {
                    List<Integer> finer = new ArrayList<>(current);
                    finer.set(i, current.get(i) - 1);
                    reached.computeIfAbsent(List.copyOf(finer), this::scoreOf);
                }
            }
            List<List<Integer>> open = reached.keySet().stream()
                    .filter(node -> !expanded.contains(node))
                    .toList();
            if (open.isEmpty()) {
                break;
            }
            current = open.get(mechanism.choose(open.stream().map(reached::get).toList()));
        }
        if (!expanded.contains(current)) {
            expanded.add(current);
        }
        return expanded.get(mechanism.choose(expanded.stream().map(reached::get).toList()));
    }

    private Fraction scoreOf(List<Integer> levels) {
        EquivalenceClasses classes = groupings
                .form(levels.stream().mapToInt(Integer::intValue).toArray(), 0, Long.MAX_VALUE)
                .classes()
                .orElseThrow(
                        () -> new InputException("Levels cannot be chosen by data: a transformation that was reached"
                                + " has more classes than can be held. Ask for fewer steps, raise a minLevel, leave out a"
                                + " quasi-identifier, or search with more memory."));
        boolean[] suppressed = new boolean[classes.size()];
        long records = 0;
        for (int c = 0; c < suppressed.length; c++) {
            suppressed[c] = classes.count(c) < k;
            records += suppressed[c] ? classes.count(c) : 0;
        }
        return score.of(new AnonymizedClasses(
                classes, suppressed, suppressed, records, records, AnonymizedClasses.Verdict.ANONYMOUS));
    }
}
