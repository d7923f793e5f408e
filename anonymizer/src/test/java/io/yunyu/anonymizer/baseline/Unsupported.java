package io.yunyu.anonymizer.baseline;

/** A configuration of the baseline asks for something that the anonymizer does not do yet. */
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsupported(String reason) {
        super(reason);
    }
}
