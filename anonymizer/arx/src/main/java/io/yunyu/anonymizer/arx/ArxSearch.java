package io.yunyu.anonymizer.arx;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.InputException;
import org.deidentifier.arx.ARXConfiguration;
import org.deidentifier.arx.ARXConfiguration.AnonymizationAlgorithm;

/** Weights, search algorithm and its limits in ARX's words. */
final class ArxSearch {
    private ArxSearch() {}

    static void set(ARXConfiguration configuration, AnonymizationSpec spec) {
        for (AttributeSpec attribute : spec.attributes()) {
            if (attribute.role() == AttributeRole.QUASI_IDENTIFIER) {
                configuration.setAttributeWeight(attribute.name(), attribute.weight());
            }
        }
        configuration.setAlgorithm(
                switch (spec.searchAlgorithm()) {
                    case AUTOMATIC, OPTIMAL -> AnonymizationAlgorithm.OPTIMAL;
                    case BEST_FIRST_BOTTOM_UP -> AnonymizationAlgorithm.BEST_EFFORT_BOTTOM_UP;
                    case BEST_FIRST_TOP_DOWN -> AnonymizationAlgorithm.BEST_EFFORT_TOP_DOWN;
                    case GENETIC -> AnonymizationAlgorithm.BEST_EFFORT_GENETIC;
                    default -> throw new InputException("ARX has no search " + spec.searchAlgorithm() + ".");
                });
        configuration.setPracticalMonotonicity(spec.searchLimits().practicalMonotonicity());
        configuration.setHeuristicSearchTimeLimit(
                (int) Math.min(Integer.MAX_VALUE, spec.searchLimits().time().toMillis()));
        configuration.setHeuristicSearchStepLimit(
                (int) Math.min(Integer.MAX_VALUE, spec.searchLimits().checks()));
    }
}
