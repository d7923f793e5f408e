package io.yunyu.anonymizer.masking;

/** One value for all. */
public record Replacement(String value) implements Masking {
    @Override
    public String masked(String original) {
        return value;
    }

    @Override
    public String label() {
        return "replace";
    }

    @Override
    public boolean keepsMeaning() {
        return false;
    }

    @Override
    public boolean hidesIdentity() {
        return true;
    }
}
