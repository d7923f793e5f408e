package io.yunyu.ledger.release;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/**
 * A dataset that a release was computed from.
 *
 * @param version version of the dataset that was read
 * @param acquiredOn date on which the provider acquired the records (第四十条)
 * @param provider id of the providing organization
 * @param batchDigest {@code sha256:…} of the batch last loaded into that version
 */
public record ReleasedDataset(
        String id,
        String titleZh,
        String titleEn,
        long version,
        LocalDate acquiredOn,
        String provider,
        String batchDigest) {
    Map<String, Object> toJson() {
        return Json.object(
                "id", id,
                "titleZh", titleZh,
                "titleEn", titleEn,
                "version", version,
                "acquiredOn", acquiredOn.toString(),
                "provider", provider,
                "batchDigest", batchDigest);
    }

    static ReleasedDataset parse(JsonObject json) {
        json.onlyMembers(Set.of("id", "titleZh", "titleEn", "version", "acquiredOn", "provider", "batchDigest"));
        return new ReleasedDataset(
                json.string("id"),
                json.string("titleZh"),
                json.string("titleEn"),
                json.longValue("version"),
                json.date("acquiredOn"),
                json.string("provider"),
                json.string("batchDigest"));
    }
}
