package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.ClassOfTuple;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.classes.RecodingRounds;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.privacy.PrivacyCheck;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.StudiedData;
import io.yunyu.anonymizer.quality.InformationLossMeasure;
import io.yunyu.anonymizer.quality.LossFactors;
import io.yunyu.anonymizer.search.SearchOutcome;
import io.yunyu.anonymizer.search.SearchOutcome.Solution;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Runs the rounds of a {@link LocalRecoding}. A round works on the records that read as suppressed. Classes of
 * different rounds that read alike are one class in the end; should that one violate a model, its records are suppressed
 * after all.
 */
final class LocalRecoder {
    private final GroupingPlan plan;
    private final StudiedData studied;
    private final LocalRecoding how;
    private final RecodingRounds rounds;
    private long checked;

    private LocalRecoder(GroupingPlan plan, GroupedMicrodata data, StudiedData studied, LocalRecoding how) {
        this.plan = plan;
        this.studied = studied;
        this.how = how;
        this.rounds = RecodingRounds.of(data);
    }

    /**
     * @param first the solution for all records
     * @throws InputException if a model cannot be recoded locally
     */
    static Recoded recode(
            GroupingPlan plan, GroupedMicrodata data, StudiedData studied, LocalRecoding how, Solution first) {
        for (PrivacyModel model : plan.spec().privacyModels()) {
            if (!model.allowsLocalRecoding()) {
                throw new InputException("Model " + model.label()
                        + " speaks about the release as a whole, or about who is in it, and cannot be combined with"
                        + " localRecoding. Drop one of the two.");
            }
        }
        return new LocalRecoder(plan, data, studied, how).run(first);
    }

    /**
     * What local recoding made of a solution.
     *
     * @param solution the first round's transformation and loss, with the classes of all rounds
     * @param classOfTuple number of each tuple's class; empty where tuples are not held, or nothing was recoded
     * @param lookup finds the classes again; empty where the first round's levels say it
     * @param rounds number of rounds that recoded something
     * @param checked transformations checked in the rounds
     */
    record Recoded(Solution solution, int[] classOfTuple, Optional<ClassOfTuple> lookup, int rounds, long checked) {}

    private Recoded run(Solution first) {
        take(first, plan.spec().suppressionLimit().fraction() > 0);
        int recodedRounds = 0;
        OptionalDouble factor = how.factor();
        for (int i = 0; i < (how.mode().isIterative() ? how.iterations() : 1) && rounds.hasLeft(); i++) {
            if (round(factor)) {
                recodedRounds++;
            } else if (how.adaptation() > 0 && factor.getAsDouble() + how.adaptation() <= 1) {
                factor = OptionalDouble.of(factor.getAsDouble() + how.adaptation());
            } else {
                break;
            }
        }
        RecodingRounds.Joined recoded = rounds.joined();
        PrivacyCheck privacy = new PrivacyCheck(plan.spec().privacyModels(), studied, studied.records(), (c, i) -> 0);
        AnonymizedClasses joined = recoded.withVerdicts(privacy.check(recoded.classes()));
        return joined.suppressedRecords() > first.classes().suppressedRecords()
                ? new Recoded(first, new int[0], Optional.empty(), 0, checked)
                : new Recoded(
                        new Solution(first.transformation(), joined, first.loss()),
                        recoded.classOfTuple(),
                        Optional.of(recoded.lookup()),
                        recodedRounds,
                        checked);
    }

    /** One round; returns whether it recoded any record. */
    private boolean round(OptionalDouble factor) {
        GroupedMicrodata rest = rounds.left();
        double limit = how.limit(plan.spec().suppressionLimit().fraction(), studied.records(), rest.studiedCount());
        InformationLossMeasure measure = plan.spec().objective();
        InformationLossMeasure weighed =
                factor.isPresent() ? measure.withFactors(new LossFactors(factor.getAsDouble())) : measure;
        SearchOutcome outcome = SearchRun.of(
                        plan, rest, studied, (long) Math.floor(limit * rest.studiedCount()), weighed)
                .outcome();
        checked += outcome.checked();
        return outcome.solution().map(solution -> take(solution, limit > 0)).orElse(false);
    }

    /** Keeps a round's released classes; what reads as suppressed is left for the next one. */
    private boolean take(Solution solution, boolean marksTop) {
        AnonymizedClasses classes = solution.classes();
        boolean[] taken = new boolean[classes.classes().size()];
        for (int c = 0; c < taken.length; c++) {
            boolean readsAsSuppressed =
                    classes.suppressed()[c] || marksTop && classes.classes().isCompletelyGeneralized(c);
            taken[c] = !readsAsSuppressed;
        }
        return rounds.take(classes.classes(), taken);
    }
}
