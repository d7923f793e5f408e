package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.quality.Objective;

/** What a search works on: the transformations, how one is checked, and what it costs. */
public record SearchProblem(GeneralizationLattice lattice, TransformationChecker checker, Objective objective) {
    /** The same where the classes of some transformations are not at hand. */
    SearchProblem ofDistantClasses() {
        return new SearchProblem(lattice, checker, new DistantObjective(objective));
    }

    /** The same with privacy and loss taken to be monotone. */
    SearchProblem takenAsMonotone() {
        return new SearchProblem(lattice, checker.takenAsMonotone(), new MonotoneObjective(objective));
    }
}
