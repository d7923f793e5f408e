package io.yunyu.api.catalog;

import io.yunyu.api.identity.Actor;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.api.state.ActKind;
import io.yunyu.api.state.Machine;
import io.yunyu.api.state.Moves;
import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The orders to load batches. */
@Repository
class Ingests {
    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Moves moves;
    private final Catalog catalog;
    private final Clock clock;

    Ingests(JdbcClient jdbc, Recorder recorder, Moves moves, Catalog catalog, Clock clock) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.moves = moves;
        this.catalog = catalog;
        this.clock = clock;
    }

    void submit(String id, IngestOrder order, String text, Signature signature, boolean needsPassword, Actor actor) {
        recorder.write(actor.act(ActKind.INGEST_SUBMITTED, id, Map.of()).concerning(order.dataset()), () -> jdbc.sql(
                        "insert into ingest (id, state, dataset, provider, person, order_text, signature_key,"
                                + " signature_value, needs_password, created_at, updated_at) values (:id, 'SUBMITTED',"
                                + " :dataset, :provider, :person, :order, :key, :value, :needs, :now, :now)")
                .param("id", id)
                .param("dataset", order.dataset())
                .param("provider", order.provider())
                .param("person", actor.person())
                .param("order", text)
                .param("key", signature.key())
                .param("value", signature.value())
                .param("needs", needsPassword)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update());
    }

    Optional<Ingest> find(String id) {
        return jdbc.sql("select * from ingest where id = :id")
                .param("id", id)
                .query(Ingests::ingest)
                .optional();
    }

    List<Ingest> of(String provider) {
        return jdbc.sql("select * from ingest where provider = :provider order by created_at desc limit 200")
                .param("provider", provider)
                .query(Ingests::ingest)
                .list();
    }

    List<Ingest> in(State state) {
        return jdbc.sql("select * from ingest where state = :state order by created_at")
                .param("state", state.name())
                .query(Ingests::ingest)
                .list();
    }

    /** Takes the oldest order whose dataset nobody loads at the moment; of two workers only one gets it. */
    Optional<Ingest> take() {
        return recorder.together(() -> {
            Optional<Ingest> next = jdbc.sql("select * from ingest i where state = 'SUBMITTED' and not exists"
                            + " (select 1 from ingest r where r.dataset = i.dataset and r.state = 'RUNNING')"
                            + " order by created_at limit 1 for update skip locked")
                    .query(Ingests::ingest)
                    .optional();
            next.ifPresent(ingest -> moves.move(
                    Machine.INGEST,
                    ingest.id(),
                    State.SUBMITTED,
                    State.RUNNING,
                    kind -> act(kind, ingest, Map.of("attempt", String.valueOf(ingest.attempt() + 1))),
                    () -> jdbc.sql(
                                    "update ingest set attempt = attempt + 1, progress = '{}', rows_read = null where id = :id")
                            .param("id", ingest.id())
                            .update()));
            return next.flatMap(ingest -> find(ingest.id()));
        });
    }

    /** Rows are counted as they are read, so that this step comes often; it is kept once, with the last count. */
    void progress(String id, EngineEvent event, OptionalLong count) {
        jdbc.sql("update ingest set rows_read = coalesce(:rows, rows_read), progress = case when :step = any(progress)"
                        + " then progress else array_append(progress, :step) end where id = :id and state = 'RUNNING'")
                .param(
                        "rows",
                        event == EngineEvent.ROWS_READ && count.isPresent() ? count.getAsLong() : null,
                        Types.BIGINT)
                .param("step", event.name())
                .param("id", id)
                .update();
    }

    /** @param element the data element that was loaded, which makes the version a derived one */
    void done(Ingest ingest, IngestOrder order, IngestReport report, Optional<DataElement> element) {
        moves.move(
                Machine.INGEST,
                ingest.id(),
                State.RUNNING,
                State.DONE,
                kind -> act(
                        kind,
                        ingest,
                        Map.of(
                                "batchDigest", report.batchDigest(),
                                "tableVersion", String.valueOf(report.tableVersion()))),
                () -> {
                    boolean added = catalog.add(ingest.id(), order, report, element.map(DataElement::release));
                    element.filter(e -> added).ifPresent(e -> recorder.write(reclassified(order, e), () -> {}));
                    jdbc.sql("update ingest set report = :report where id = :id")
                            .param("report", Json.write(report.toJson()))
                            .param("id", ingest.id())
                            .update();
                });
    }

    void failed(Ingest ingest, State from, Problem problem) {
        moves.move(
                Machine.INGEST,
                ingest.id(),
                from,
                State.FAILED,
                kind -> act(kind, ingest, Map.of("code", problem.code().name())),
                () -> jdbc.sql("update ingest set problem_code = :code, problem_detail = :detail where id = :id")
                        .param("code", problem.code().name())
                        .param("detail", problem.detail())
                        .param("id", ingest.id())
                        .update());
    }

    void returned(Ingest ingest) {
        moves.move(
                Machine.INGEST,
                ingest.id(),
                State.RUNNING,
                State.SUBMITTED,
                kind -> act(kind, ingest, Map.of()),
                () -> {});
    }

    /** 第三十二条第二款: from what to what, and where the de-identification and its assessment are on record. */
    private static Act reclassified(IngestOrder order, DataElement element) {
        return Act.ofPlatform(
                        ActKind.DATASET_RECLASSIFIED,
                        order.dataset(),
                        Map.of(
                                "from", element.sourceOpen(),
                                "to", order.openAttribute(),
                                "contentDigest", element.contentDigest(),
                                "schemeDigest", element.schemeDigest(),
                                "assessmentDigest", element.assessmentDigest(),
                                "policy", element.policy(),
                                "basis", element.basis()))
                .concerning(element.release(), element.sourceDataset());
    }

    private static Act act(ActKind kind, Ingest ingest, Map<String, String> detail) {
        return Act.ofPlatform(kind, ingest.id(), detail).concerning(ingest.dataset());
    }

    private static Ingest ingest(ResultSet row, int number) throws SQLException {
        String code = row.getString("problem_code");
        return new Ingest(
                row.getString("id"),
                State.valueOf(row.getString("state")),
                row.getString("dataset"),
                row.getString("provider"),
                row.getString("person"),
                row.getString("order_text"),
                new Signature(row.getString("signature_key"), row.getString("signature_value")),
                row.getBoolean("needs_password"),
                row.getInt("attempt"),
                List.of((String[]) row.getArray("progress").getArray()),
                code == null
                        ? Optional.empty()
                        : Optional.of(new Problem(ProblemCode.valueOf(code), row.getString("problem_detail"))),
                Optional.ofNullable(row.getObject("rows_read", Long.class)),
                Optional.ofNullable(row.getString("report")));
    }
}
