package io.yunyu.anonymizer.privacy;

import java.util.Optional;

/**
 * As basic beta-likeness, and frequent values may gain even less: (q-p)/p is at most min(beta, -ln p) (Cao and Karras
 * 2012, definition 3).
 *
 * @param beta positive
 */
public record EnhancedBetaLikeness(String attribute, double beta) implements PrivacyModel {
    public EnhancedBetaLikeness {
        PrivacyModel.require(
                beta > 0 && Double.isFinite(beta), "enhanced-beta-likeness", "beta must be positive, got " + beta);
    }

    @Override
    public String label() {
        return "enhanced-beta-likeness(" + attribute + ", beta=" + beta + ")";
    }

    @Override
    public Optional<String> sensitiveAttribute() {
        return Optional.of(attribute);
    }
}
