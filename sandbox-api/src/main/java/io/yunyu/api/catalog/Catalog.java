package io.yunyu.api.catalog;

import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.contract.profile.ProtectedProfile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The datasets that can be computed on, and their versions. */
@Repository
public class Catalog {
    private static final String ENTRY =
            """
            select d.*, v.number, v.table_version, v.batch_digest, v.acquired_on, v.attributes, v.element
            from dataset d join dataset_version v on v.dataset = d.id
            """;
    private static final String CURRENT =
            " v.table_version = (select max(table_version) from dataset_version where dataset = d.id) ";

    private final JdbcClient jdbc;
    private final Clock clock;

    Catalog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public List<CatalogEntry> entries() {
        return jdbc.sql(ENTRY + "where" + CURRENT + "order by d.id")
                .query(Catalog::entry)
                .list();
    }

    /** Whether some dataset accepts fictional identifiers. */
    public boolean acceptsSyntheticRegions() {
        return jdbc.sql("select exists (select 1 from dataset where synthetic)")
                .query(Boolean.class)
                .single();
    }

    /** The dataset at its current version. */
    public Optional<CatalogEntry> entry(String id) {
        return jdbc.sql(ENTRY + "where" + CURRENT + "and d.id = :id")
                .param("id", id)
                .query(Catalog::entry)
                .optional();
    }

    /** What may be told of the values of the dataset's current version; empty if its provider permits the schema only. */
    public Optional<ProtectedProfile> profile(String id) {
        return jdbc.sql("select v.profile from dataset d join dataset_version v on v.dataset = d.id where" + CURRENT
                        + "and d.id = :id and v.profile is not null and d.open_attribute <> 'NOT_OPEN'")
                .param("id", id)
                .query(String.class)
                .optional()
                .map(text -> ProtectedProfile.parse(Json.parseObject(text)));
    }

    /** The dataset as it was when its table had the version. */
    public Optional<CatalogEntry> entryAt(String id, long tableVersion) {
        return jdbc.sql(ENTRY + "where d.id = :id and v.table_version = :version order by v.number desc limit 1")
                .param("id", id)
                .param("version", tableVersion)
                .query(Catalog::entry)
                .optional();
    }

    /**
     * Takes a loaded batch into the catalog; a table version that is there already changes nothing. Called inside the
     * transaction of the ingest's end.
     *
     * @param element release of the data element that was loaded
     * @return whether it is a new version
     */
    boolean add(String ingest, IngestOrder order, IngestReport report, Optional<String> element) {
        jdbc.sql("insert into dataset values (:id, :provider, :key, :family, :unit, :open, :kind, :zh, :en,"
                        + " :synthetic, :now) on conflict (id) do nothing")
                .param("id", order.dataset())
                .param("provider", order.provider())
                .param("key", order.providerKey())
                .param("family", order.family())
                .param("unit", order.unitColumn())
                .param("open", order.openAttribute())
                .param("kind", order.kind())
                .param("zh", order.titleZh())
                .param("en", order.titleEn())
                .param("synthetic", order.allowSyntheticRegions())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        // Whoever loads may correct titles and tighten or, on record, reclassify; never change provider, family or
        // unit.
        jdbc.sql("update dataset set open_attribute = :open, title_zh = :zh, title_en = :en,"
                        + " synthetic = synthetic or :synthetic where id = :id and provider = :provider")
                .param("open", order.openAttribute())
                .param("zh", order.titleZh())
                .param("en", order.titleEn())
                .param("synthetic", order.allowSyntheticRegions())
                .param("id", order.dataset())
                .param("provider", order.provider())
                .update();
        boolean known = jdbc.sql("select exists (select 1 from dataset_version where dataset = :id"
                        + " and table_version = :version)")
                .param("id", order.dataset())
                .param("version", report.tableVersion())
                .query(Boolean.class)
                .single();
        if (!known) {
            addVersion(ingest, order, report, element);
        }
        return !known;
    }

    /** @throws ProblemException if the dataset is there and the order does not fit it */
    void mustFit(IngestOrder order) {
        jdbc.sql("select * from dataset where id = :id")
                .param("id", order.dataset())
                .query((row, number) -> order.provider().equals(row.getString("provider"))
                        && order.providerKey().equals(row.getString("provider_key"))
                        && order.family().equals(row.getString("family"))
                        && order.unitColumn().equals(row.getString("unit_column"))
                        && order.kind().equals(row.getString("kind")))
                .optional()
                .filter(fits -> !fits)
                .ifPresent(fits -> {
                    throw new ProblemException(
                            ProblemCode.CONFLICT,
                            "There is a dataset with this id whose provider, key, family, unit column or kind is another."
                                    + " Choose another id.");
                });
    }

    private void addVersion(String ingest, IngestOrder order, IngestReport report, Optional<String> element) {
        jdbc.sql("insert into dataset_version select :id, coalesce(max(number), 0) + 1, :version, :digest, :acquired,"
                        + " :ingest, :attributes, :now, :element, :profile from dataset_version where dataset = :id")
                .param("element", element.orElse(null))
                .param(
                        "profile",
                        report.profile().map(p -> Json.write(p.toJson())).orElse(null))
                .param("id", order.dataset())
                .param("version", report.tableVersion())
                .param("digest", report.batchDigest())
                .param("acquired", order.acquiredOn())
                .param("ingest", ingest)
                .param(
                        "attributes",
                        Json.write(Json.object(
                                "attributes",
                                report.attributes().stream()
                                        .map(AttributeSpec::toJson)
                                        .toList())))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static CatalogEntry entry(ResultSet row, int number) throws SQLException {
        return new CatalogEntry(
                row.getString("id"),
                row.getString("provider"),
                row.getString("provider_key"),
                row.getString("family"),
                row.getString("unit_column"),
                row.getString("open_attribute"),
                row.getString("kind"),
                row.getString("title_zh"),
                row.getString("title_en"),
                row.getBoolean("synthetic"),
                row.getInt("number"),
                row.getLong("table_version"),
                row.getString("batch_digest"),
                row.getObject("acquired_on", LocalDate.class),
                Json.parseObject(row.getString("attributes")).objects("attributes").stream()
                        .map(AttributeSpec::parse)
                        .toList(),
                Optional.ofNullable(row.getString("element")));
    }
}
