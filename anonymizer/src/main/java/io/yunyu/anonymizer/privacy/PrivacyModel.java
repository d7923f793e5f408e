package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.data.InputException;
import java.util.Optional;

/**
 * A condition on a release. Parameters only; {@link PrivacyCheck} binds it to data.
 *
 * <p>Any combination may be asked for. A record of a class that violates a model is suppressed, as far as the
 * suppression limit allows.
 */
public sealed interface PrivacyModel
        permits KAnonymity,
                DistinctLDiversity,
                EntropyLDiversity,
                RecursiveCLDiversity,
                EqualTCloseness,
                OrderedTCloseness,
                HierarchicalTCloseness,
                DeltaDisclosure,
                BasicBetaLikeness,
                EnhancedBetaLikeness,
                DeltaPresence,
                KMap,
                EstimatedKMap,
                Inclusion,
                AverageRisk,
                SampleUniqueness,
                PopulationUniqueness,
                Profitability,
                ProfitabilityWithoutAttack,
                DifferentialPrivacy {

    /** The model with its parameters, in the words of the specification. */
    String label();

    /** Smallest class that may be released under this model alone; 0 if it says nothing about size. */
    default long minimumClassSize(StudiedData data) {
        return 0;
    }

    /** Whether the model needs a research subset. */
    default boolean needsSubset() {
        return false;
    }

    /** Whether suppressed records may be generalized once more by themselves, the others staying as they are. */
    default boolean allowsLocalRecoding() {
        return true;
    }

    /** The sensitive attribute that the model protects. */
    default Optional<String> sensitiveAttribute() {
        return Optional.empty();
    }

    /** Refuses a parameter outside its range. */
    static void require(boolean valid, String model, String requirement) {
        if (!valid) {
            throw new InputException("Model " + model + ": " + requirement + ".");
        }
    }
}
