package io.yunyu.api.release;

import io.yunyu.api.catalog.Catalog;
import io.yunyu.api.catalog.CatalogEntry;
import io.yunyu.api.catalog.DataElement;
import io.yunyu.api.job.Job;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the register says of an element that is released now. */
final class NewElement {
    private NewElement() {}

    /** @param files of the release */
    static DataElement of(Job job, String release, Map<String, byte[]> files, Catalog catalog, Instant now) {
        JsonObject request = Json.parseObject(job.sql());
        GrantedTable table = job.grant().table(request.string("dataset")).orElseThrow();
        CatalogEntry source =
                catalog.entryAt(table.dataset(), table.tableVersion()).orElseThrow();
        ElementTerms terms = table.element().orElseThrow();
        List<AttributeSpec> attributes = new ArrayList<>();
        for (JsonObject attribute : request.object("spec").objects("attributes")) {
            attributes.add(attribute(source, attribute));
        }
        return new DataElement(
                release,
                job.id(),
                source.id(),
                source.number(),
                source.openAttribute(),
                source.synthetic(),
                job.provider(),
                digest(files, "table.csv"),
                ContentDigest.of(job.sql()),
                digest(files, "table.anonymization"),
                attributes,
                terms.policy().name(),
                "第三十二条第二款: de-identified under agreement " + job.agreement() + ", approved by " + job.provider() + ".",
                now);
    }

    private static String digest(Map<String, byte[]> files, String name) {
        return ContentDigest.of(java.util.Objects.requireNonNull(files.get(name)));
    }

    /** Text, one level of grade below its source: what it says of a person is said of a class. */
    private static AttributeSpec attribute(CatalogEntry source, JsonObject attribute) {
        AttributeSpec original = source.attribute(attribute.string("name")).orElseThrow();
        return new AttributeSpec(
                original.name(),
                "STRING",
                attribute.enumValue("role", AttributeRole.class),
                Math.max(1, original.grade() - 1),
                Optional.empty(),
                false,
                original.titleZh(),
                original.titleEn());
    }
}
