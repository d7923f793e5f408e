package io.yunyu.api.program;

import io.yunyu.api.identity.Actor;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.json.Json;
import java.util.Optional;

/**
 * A program that somebody may submit.
 *
 * @param key the caller's own for this call, if it gave one: the same key submits the same program only once
 */
record Submission(Actor actor, AccessGrant grant, String provider, ProgramForm form, byte[] jar, Optional<String> key) {
    String jarDigest() {
        return ContentDigest.of(jar);
    }

    /** Of main class and arguments. */
    String callDigest() {
        return ContentDigest.of(
                Json.write(Json.object("mainClass", form.mainClass(), "arguments", form.givenArguments())));
    }

    String bodyDigest() {
        return ContentDigest.of(grant.agreement() + "\n" + jarDigest() + "\n" + callDigest());
    }

    /** Names the caller only. */
    @Override
    public String toString() {
        return "Submission[" + actor.person() + "]";
    }
}
