package io.yunyu.api.release;

import io.yunyu.ledger.release.ReleaseManifest;
import java.util.Optional;

/**
 * A release on file.
 *
 * @param manifestText canonical text; never changes once written
 * @param leaf index of the release's event in the ledger
 * @param bundle empty until the release is complete
 */
public record ReleaseRecord(String id, String job, String manifestText, long leaf, Optional<byte[]> bundle) {
    public ReleaseManifest manifest() {
        return ReleaseManifest.parse(manifestText);
    }

    /** Names ids only. */
    @Override
    public String toString() {
        return "ReleaseRecord[" + id + "]";
    }
}
