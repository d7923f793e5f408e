package io.yunyu.anonymizer.privacy;

/** Restricts the release to the research subset; by itself it asks nothing of a class. */
public record Inclusion() implements PrivacyModel {
    @Override
    public String label() {
        return "inclusion";
    }

    @Override
    public boolean needsSubset() {
        return true;
    }
}
