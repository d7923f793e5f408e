package io.yunyu.api.proof;

import io.yunyu.api.state.ActKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What somebody did, to be written to the ledger in the same transaction as its effect. Holds ids, digests and names of
 * states; never a value of a record, query text, or secret.
 *
 * @param subjects ids of what it was done to, the main one first
 * @param actor id of the person, or {@code platform}
 * @param organization for which the actor acted
 */
public record Act(ActKind kind, List<String> subjects, String actor, String organization, Map<String, String> detail) {
    public static final String PLATFORM = "platform";

    public Act {
        subjects = List.copyOf(subjects);
        detail = Map.copyOf(detail);
    }

    /** Something the platform does by itself. */
    public static Act ofPlatform(ActKind kind, String subject, Map<String, String> detail) {
        return new Act(kind, List.of(subject), PLATFORM, PLATFORM, detail);
    }

    /** The same act, which concerns others too. */
    public Act concerning(String... others) {
        return new Act(
                kind,
                Stream.concat(subjects.stream(), Stream.of(others)).distinct().toList(),
                actor,
                organization,
                detail);
    }
}
