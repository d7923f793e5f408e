package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.PrivateQuery;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.engine.certificate.RefusalCertificates;
import io.yunyu.engine.channel.EventSink;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.policy.CheckedQuery;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.jspecify.annotations.Nullable;

/**
 * The aggregate exit under an agreement with a privacy clause: contributions are bounded while Spark aggregates, the exact
 * cells come to the driver one by one, and there get their noise, once. See {@link NoisyCells} for what keeps it the same.
 */
final class PrivateExit {
    private PrivateExit() {}

    /** Noisy cells with their report, or a refusal. */
    sealed interface Outcome {
        record Done(Answered answered) implements Outcome {}

        record Refused(EngineResult result) implements Outcome {}
    }

    /** What a query costs and how exact its answer is, or why it has none; touches no data. */
    static EngineResult check(CheckedQuery query, RefusalCertificates certificates) {
        NoisePlan.Result planned =
                NoisePlan.of(CellPlan.of(query), query.grant().privacy().orElseThrow());
        return planned instanceof NoisePlan.Result.Planned p
                ? Reports.done(PrivacyReports.passed(p.plan()), Optional.empty())
                : refused((NoisePlan.Result.Refused) planned, query.grant(), certificates)
                        .result();
    }

    /** Why the privacy clause, if there is one, refuses a query that the plan policy lets pass; by text alone. */
    static Optional<DisclosureFinding> finding(CheckedQuery query) {
        return query.grant()
                .privacy()
                .map(clause -> NoisePlan.of(CellPlan.of(query), clause))
                .flatMap(r -> r instanceof NoisePlan.Result.Refused refused
                        ? Optional.of(
                                PrivacyReports.finding(refused, query.grant().agreement()))
                        : Optional.empty());
    }

    static Outcome run(
            SparkSession spark,
            CheckedQuery query,
            VaultQuestions vault,
            OriginalTables originals,
            EventSink events,
            RefusalCertificates certificates) {
        AccessGrant grant = query.grant();
        NoisePlan.Result planned =
                NoisePlan.of(CellPlan.of(query), grant.privacy().orElseThrow());
        if (planned instanceof NoisePlan.Result.Refused refused) {
            return refused(refused, grant, certificates);
        }
        NoisePlan plan = ((NoisePlan.Result.Planned) planned).plan();
        String digest = PrivateQuery.digest(query.sql(), grant);
        Iterator<Row> rows = BeforeNoise.during(() -> {
            // Here and not at the first draw: what fails until now costs nothing.
            return ScanProgress.during(spark, query.tables().size(), events, () -> {
                Iterator<Row> all =
                        BoundedCells.of(spark, plan, originals, seed(digest)).toLocalIterator();
                return all.hasNext() ? all : Collections.emptyIterator();
            });
        });
        String family = query.tables().get(0).table().family();
        byte[] key = BeforeNoise.during(
                () -> vault.queryNoise(family, digest, plan.clause().queryRhoMicros(), plan.deltaPicos()));
        events.happened(EngineEvent.KEYS_RECEIVED);
        Optional<ProtectedCells> cells =
                new NoisyCells(plan, key, grant.protection().maxCells()).of(cells(plan, rows));
        events.happened(EngineEvent.CELLS_COMPUTED);
        if (cells.isEmpty()) {
            return new Outcome.Refused(new Reports(grant).tooManyCells(certificates.ofTooManyCells()));
        }
        return new Outcome.Done(new Answered(
                plan.cells(),
                cells.get(),
                PrivacyReports.noisy(plan, cells.get()),
                ValueNoise.gaussian(plan),
                Optional.empty(),
                Optional.empty()));
    }

    /** Need not be secret: what it orders is hashed together with the units' keys, which are. */
    private static long seed(String digest) {
        return ByteBuffer.wrap(ContentDigest.sha256(digest.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static Outcome.Refused refused(
            NoisePlan.Result.Refused refused, AccessGrant grant, RefusalCertificates certificates) {
        return new Outcome.Refused(new Reports(grant)
                .refused(List.of(PrivacyReports.finding(refused, grant.agreement())), certificates.ofText())
                .withoutNoise());
    }

    private static Iterator<BoundedCell> cells(NoisePlan plan, Iterator<Row> rows) {
        List<scala.Function1<Object, Object>> converters = new ArrayList<>();
        for (CellPlan.Key key : plan.cells().keys()) {
            converters.add(CatalystTypeConverters.createToCatalystConverter(
                    key.expression().dataType()));
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public BoundedCell next() {
                return cell(plan, converters, rows.next());
            }
        };
    }

    static BoundedCell cell(NoisePlan plan, List<scala.Function1<Object, Object>> converters, Row row) {
        List<@Nullable Object> labels = new ArrayList<>();
        for (int i = 0; i < converters.size(); i++) {
            Object label = row.getAs("g" + i);
            labels.add(label == null ? null : converters.get(i).apply(label));
        }
        long units = whole(row, "n");
        List<BigInteger> figures = new ArrayList<>();
        for (int i = 0; i < plan.figures().size(); i++) {
            figures.add(
                    plan.figures().get(i).kind() == Figure.Kind.UNITS
                            ? BigInteger.valueOf(units)
                            : BigInteger.valueOf(whole(row, "h" + i))
                                    .shiftLeft(Integer.SIZE)
                                    .add(BigInteger.valueOf(whole(row, "l" + i))));
        }
        return new BoundedCell(labels, units, figures, weights(plan, row));
    }

    private static Map<Integer, long[]> weights(NoisePlan plan, Row row) {
        Map<Integer, long[]> weights = new HashMap<>();
        for (Quantile quantile : plan.quantiles()) {
            long[] onGrid = new long[quantile.grid().points()];
            List<Row> points = row.isNullAt(row.fieldIndex("q" + quantile.measure()))
                    ? List.of()
                    : row.getList(row.fieldIndex("q" + quantile.measure()));
            points.forEach(p -> onGrid[Math.toIntExact(p.getLong(0))] = p.getLong(1));
            weights.put(quantile.measure(), onGrid);
        }
        return weights;
    }

    private static long whole(Row row, String name) {
        Number value = row.getAs(name);
        return value == null ? 0 : value.longValue();
    }
}
