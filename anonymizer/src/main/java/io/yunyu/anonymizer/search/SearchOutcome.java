package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.quality.InformationLoss;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a search found.
 *
 * @param solution the best transformation found; empty if none is anonymous, or none was found within the limits
 * @param optimal whether no transformation of the lattice is better, or there is none at all
 * @param latticeSize number of transformations
 * @param checked number of transformations whose classes were checked
 */
public record SearchOutcome(Optional<Solution> solution, boolean optimal, BigInteger latticeSize, long checked) {
    /** The same without the claim that nothing is better. */
    SearchOutcome withoutClaim() {
        return new SearchOutcome(solution, false, latticeSize, checked);
    }

    /** An anonymous transformation with its classes and its loss. */
    public record Solution(Transformation transformation, AnonymizedClasses classes, InformationLoss loss) {}
}
