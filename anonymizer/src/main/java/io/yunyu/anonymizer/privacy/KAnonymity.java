package io.yunyu.anonymizer.privacy;

/**
 * Every released class counts at least {@code k} records (Sweeney 2002).
 *
 * @param k at least 1
 */
public record KAnonymity(int k) implements PrivacyModel {
    public KAnonymity {
        PrivacyModel.require(k >= 1, "k-anonymity", "k must be at least 1, got " + k);
    }

    @Override
    public String label() {
        return "k-anonymity(k=" + k + ")";
    }

    @Override
    public long minimumClassSize(StudiedData data) {
        return k;
    }
}
