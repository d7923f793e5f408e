package io.yunyu.ledger.release;

import io.yunyu.ledger.event.AuditEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The event by which a release enters the log. It names the manifest's digest, and the indexes of the earlier events of
 * this release, so that none of them can be left out of a bundle or slipped into it.
 */
public final class ReleaseEvent {
    public static final String TYPE = "RELEASE_ISSUED";

    static final String MANIFEST_DIGEST = "manifestDigest";
    static final String EVENTS = "events";

    private ReleaseEvent() {}

    /**
     * @param earlierEvents ascending indexes of the events that the bundle opens besides this one
     * @param organization that the actor acts for
     */
    public static AuditEvent of(
            ReleaseManifest manifest, List<Long> earlierEvents, String actor, String organization, Instant at) {
        return new AuditEvent(
                TYPE,
                List.of(manifest.releaseId(), manifest.jobId()),
                actor,
                organization,
                at,
                Map.of(MANIFEST_DIGEST, manifest.digest(), EVENTS, indexes(earlierEvents)));
    }

    static String indexes(List<Long> events) {
        return String.join(",", events.stream().map(String::valueOf).toList());
    }
}
