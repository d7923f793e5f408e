package io.yunyu.contract.disclosure;

import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.container.ContainerException;
import io.yunyu.contract.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is sealed for a provider's reviewer: the candidate, and the facts about it that never leave with it. The candidate's
 * bytes, and so the digest that is approved and released, are the same with and without facts.
 *
 * <p>A candidate that was sealed alone, as those of data elements are and all were before there were facts, reads as a
 * package without.
 */
public record ReviewPackage(byte[] candidate, Optional<ReviewFacts> facts) {
    private static final String CANDIDATE = "candidate";
    private static final String FACTS = "view.json";

    public ReviewPackage {
        candidate = candidate.clone();
    }

    @Override
    public byte[] candidate() {
        return candidate.clone();
    }

    /** The bytes to seal. */
    public byte[] bytes() {
        return facts.map(f -> CanonicalContainer.write(Map.of(CANDIDATE, candidate, FACTS, Json.bytes(f.toJson()))))
                .orElseGet(candidate::clone);
    }

    /**
     * @throws ContainerException if the bytes are neither a package nor a candidate
     * @throws io.yunyu.contract.json.JsonException if the facts cannot be read
     */
    public static ReviewPackage read(byte[] opened) {
        Map<String, byte[]> entries = CanonicalContainer.read(opened);
        byte[] candidate = entries.get(CANDIDATE);
        byte[] facts = entries.get(FACTS);
        if (candidate == null && facts == null) {
            return new ReviewPackage(opened, Optional.empty());
        }
        if (candidate == null || facts == null || !entries.keySet().equals(Set.of(CANDIDATE, FACTS))) {
            throw new ContainerException(
                    "What was sealed for review holds other files than a candidate and its facts.");
        }
        return new ReviewPackage(candidate, Optional.of(ReviewFacts.parse(Json.parseObject(facts))));
    }

    /** Names the size only. */
    @Override
    public String toString() {
        return "ReviewPackage[" + candidate.length + " bytes]";
    }
}
