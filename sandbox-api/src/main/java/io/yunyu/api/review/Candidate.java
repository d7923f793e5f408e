package io.yunyu.api.review;

/**
 * What lies in quarantine for a job: sealed to its provider.
 *
 * @param digest of the container before sealing
 * @param engineVersion that computed it
 */
public record Candidate(
        String job,
        byte[] sealed,
        String digest,
        String report,
        String reportDigest,
        String policyVersion,
        String engineVersion) {
    /** Names the job only. */
    @Override
    public String toString() {
        return "Candidate[" + job + "]";
    }
}
