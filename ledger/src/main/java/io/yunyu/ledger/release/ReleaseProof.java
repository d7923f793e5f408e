package io.yunyu.ledger.release;

import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.merkle.ConsistencyProof;
import io.yunyu.contract.merkle.MerkleHashing;
import io.yunyu.ledger.merkle.InclusionProof;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file {@code proof.json}: that the release's events are under its checkpoint, in the order of the events, and
 * that the checkpoint continues earlier ones.
 */
public record ReleaseProof(List<InclusionProof> inclusion, List<EarlierCheckpoint> earlier) {
    public ReleaseProof {
        inclusion = List.copyOf(inclusion);
        earlier = List.copyOf(earlier);
    }

    String toText() {
        return Json.write(Json.object(
                "inclusion",
                inclusion.stream()
                        .map(p -> Json.object("index", p.index(), "path", hashes(p.path())))
                        .toList(),
                "consistency",
                earlier.stream().map(ReleaseProof::earlierJson).toList()));
    }

    /** Parses the file; sizes are those of the checkpoint that it proves something about. */
    static ReleaseProof parse(String text, long size) {
        JsonObject json = Json.parseObject(text).onlyMembers(Set.of("inclusion", "consistency"));
        List<InclusionProof> inclusion = json.objects("inclusion").stream()
                .map(p -> p.onlyMembers(Set.of("index", "path")))
                .map(p -> new InclusionProof(p.longValue("index"), size, hashes(p)))
                .toList();
        List<EarlierCheckpoint> earlier = json.objects("consistency").stream()
                .map(p -> p.onlyMembers(Set.of("from", "root", "path")))
                .map(p -> new EarlierCheckpoint(
                        p.string("root"), new ConsistencyProof(p.longValue("from"), size, hashes(p))))
                .toList();
        ReleaseProof proof = new ReleaseProof(inclusion, earlier);
        if (!proof.toText().equals(text)) {
            throw new JsonException("The proofs are not in canonical form.");
        }
        return proof;
    }

    private static Map<String, Object> earlierJson(EarlierCheckpoint earlier) {
        return Json.object(
                "from", earlier.proof().from(),
                "root", earlier.root(),
                "path", hashes(earlier.proof().path()));
    }

    private static List<String> hashes(List<byte[]> path) {
        return path.stream().map(StrictBase64::encode).toList();
    }

    private static List<byte[]> hashes(JsonObject json) {
        return json.strings("path").stream()
                .map(h -> StrictBase64.decode(h, MerkleHashing.HASH_BYTES, "A proof's hash"))
                .toList();
    }
}
