package io.yunyu.api.catalog;

import io.yunyu.api.Settings;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.api.state.ActKind;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The register of data elements. */
@Repository
public class DataElements {
    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Settings settings;

    DataElements(JdbcClient jdbc, Recorder recorder, Settings settings) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.settings = settings;
    }

    /** Registers an element; joins the transaction of its release. */
    public void register(DataElement element) {
        recorder.write(
                Act.ofPlatform(
                                ActKind.ELEMENT_REGISTERED,
                                element.release(),
                                Map.of(
                                        "contentDigest", element.contentDigest(),
                                        "schemeDigest", element.schemeDigest(),
                                        "assessmentDigest", element.assessmentDigest(),
                                        "policy", element.policy(),
                                        "basis", element.basis()))
                        .concerning(element.job(), element.sourceDataset()),
                () -> insert(element));
    }

    private void insert(DataElement element) {
        jdbc.sql("insert into data_element values (:release, :job, :dataset, :number, :open, :synthetic, :provider,"
                        + " :digest, :scheme, :assessment, :attributes, :policy, :basis, :now)")
                .param("release", element.release())
                .param("job", element.job())
                .param("dataset", element.sourceDataset())
                .param("number", element.sourceNumber())
                .param("open", element.sourceOpen())
                .param("synthetic", element.synthetic())
                .param("provider", element.provider())
                .param("digest", element.contentDigest())
                .param("scheme", element.schemeDigest())
                .param("assessment", element.assessmentDigest())
                .param(
                        "attributes",
                        Json.write(Json.object(
                                "attributes",
                                element.attributes().stream()
                                        .map(AttributeSpec::toJson)
                                        .toList())))
                .param("policy", element.policy())
                .param("basis", element.basis())
                .param("now", element.registeredAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    public List<DataElement> all() {
        return jdbc.sql("select * from data_element order by registered_at desc")
                .query(DataElements::element)
                .list();
    }

    /** What was made of a dataset before, newest first. */
    public List<DataElement> madeOf(String dataset) {
        return jdbc.sql("select * from data_element where source_dataset = :dataset order by registered_at desc")
                .param("dataset", dataset)
                .query(DataElements::element)
                .list();
    }

    public Optional<DataElement> find(String release) {
        return jdbc.sql("select * from data_element where release = :release")
                .param("release", release)
                .query(DataElements::element)
                .optional();
    }

    /**
     * Writes the element's table, as it was released, to a file of the platform's own; whoever asks deletes it.
     *
     * @throws ProblemException INTERNAL if the release no longer holds what the register says
     */
    Path tableOf(DataElement element, String ingest) {
        byte[] bundle = jdbc.sql("select bundle from release where id = :id and bundle is not null")
                .param("id", element.release())
                .query(byte[].class)
                .single();
        byte[] table = CanonicalContainer.read(bundle).getOrDefault("table.csv", new byte[0]);
        if (!ContentDigest.of(table).equals(element.contentDigest())) {
            throw new ProblemException(
                    ProblemCode.INTERNAL,
                    "The release of this data element no longer holds the registered table; it is not loaded.");
        }
        try {
            Path folder = Files.createDirectories(settings.home().resolve("elements"));
            return Files.write(folder.resolve(ingest + ".csv"), table);
        } catch (IOException e) {
            throw new UncheckedIOException("The table of a data element could not be written.", e);
        }
    }

    private static DataElement element(ResultSet row, int number) throws SQLException {
        return new DataElement(
                row.getString("release"),
                row.getString("job"),
                row.getString("source_dataset"),
                row.getInt("source_number"),
                row.getString("source_open"),
                row.getBoolean("synthetic"),
                row.getString("provider"),
                row.getString("content_digest"),
                row.getString("scheme_digest"),
                row.getString("assessment_digest"),
                Json.parseObject(row.getString("attributes")).objects("attributes").stream()
                        .map(AttributeSpec::parse)
                        .toList(),
                row.getString("policy"),
                row.getString("basis"),
                row.getObject("registered_at", OffsetDateTime.class).toInstant());
    }
}
