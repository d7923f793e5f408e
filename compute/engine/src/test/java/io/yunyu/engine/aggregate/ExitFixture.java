package io.yunyu.engine.aggregate;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.agreement.Publication;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.disclosure.ReviewPackage;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.candidate.ReviewSeal;
import io.yunyu.engine.channel.EventSink;
import io.yunyu.engine.channel.GuardQuestions;
import io.yunyu.engine.channel.TableKeys;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.guard.MemoryGuard;
import io.yunyu.engine.session.SharedSession;
import io.yunyu.engine.suppression.PatternSolver;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Runs jobs through the exit over plain tables, and opens what comes out as the provider would. */
public final class ExitFixture {
    static final byte[] SECRET = "a noise secret of 32 bytes length".getBytes(StandardCharsets.UTF_8);
    private static final KeysetHandle REVIEWER = reviewer();

    final SparkSession spark;
    final Map<String, Dataset<Row>> tables = new HashMap<>();
    final List<EngineEvent> events = new ArrayList<>();
    final List<Long> tenths = new ArrayList<>();
    final List<String> queriesPaid = new ArrayList<>();
    final List<Long> deltasPaid = new ArrayList<>();
    final List<Integer> pieces = new ArrayList<>();
    long maxOutputBytes = 10_000_000;
    String job = "job-1";
    GuardQuestions guard = new MemoryGuard();
    String agreementText = "";

    ExitFixture(SparkSession spark) {
        this.spark = spark;
    }

    /** What came out of a job. */
    record Outcome(EngineResult result, Map<String, byte[]> files, Optional<ReviewFacts> facts) {
        JsonObject table() {
            return Json.parseObject(files.get("table.json"));
        }

        /** The table's rows, with a dash for what was suppressed. */
        List<List<Object>> rows() {
            return table().list("rows", row -> {
                List<Object> cells = new ArrayList<>((List<?>) row);
                cells.replaceAll(cell -> cell == null ? "-" : cell);
                return List.copyOf(cells);
            });
        }

        String text(String file) {
            return new String(files.get(file), StandardCharsets.UTF_8);
        }

        List<String> blockingRules() {
            return result.report().orElseThrow().findings().stream()
                    .filter(f -> f.blocking())
                    .map(f -> f.rule())
                    .toList();
        }

        Optional<Long> cells(String rule) {
            return result.report().orElseThrow().findings().stream()
                    .filter(f -> f.rule().equals(rule))
                    .findFirst()
                    .flatMap(f -> f.cells());
        }
    }

    public static SparkSession session(int shufflePartitions) {
        // Of its own, since the exit seals it; Spark itself is shared by all tests.
        SparkSession session = SharedSession.spark().newSession();
        session.conf().set("spark.sql.shuffle.partitions", Integer.toString(shufflePartitions));
        return session;
    }

    Outcome run(AccessGrant grant, String sql) {
        return run(grant, agreement(grant), sql);
    }

    /** Runs the first publication of an agreement that has just one. */
    Outcome publish(AccessGrant grant, Publication publication, PatternSolver solver, PlannedPattern.Check check) {
        Agreement agreement = agreement(grant).withPublications(List.of(publication));
        String text = agreement.toText();
        EngineJob.PublicationJob job = new EngineJob.PublicationJob(
                this.job, 1, text, List.of(), bound(grant, agreement).toText(), Map.of(), reviewKey(), maxOutputBytes);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        EngineResult result =
                PlannedExit.run(spark, job, guard, solver, check, this::originals, sealed::writeBytes, sink());
        return outcome(result, sealed.toByteArray());
    }

    private static AccessGrant bound(AccessGrant grant, Agreement agreement) {
        return new AccessGrant(
                grant.id(),
                agreement.uid(),
                digest(agreement.toText()),
                grant.assignee(),
                grant.purpose(),
                grant.validFrom(),
                grant.validUntil(),
                grant.protection(),
                grant.tables(),
                grant.privacy());
    }

    private Dataset<Row> originals(GrantedTable table, Set<String> columns) {
        return tables.get(table.name()).select(columnsOf(columns));
    }

    private Outcome outcome(EngineResult result, byte[] sealed) {
        if (sealed.length == 0) {
            return new Outcome(result, Map.of(), Optional.empty());
        }
        ReviewPackage opened = opened(sealed, result, this.job);
        return new Outcome(result, CanonicalContainer.read(opened.candidate()), opened.facts());
    }

    /** Runs a query under an agreement of the caller's. */
    Outcome run(AccessGrant grant, Agreement agreement, String sql) {
        agreementText = agreement.toText();
        return runText(bound(grant, agreement).toText(), sql);
    }

    Outcome runText(String grant, String sql) {
        EngineJob.SqlJob job = new EngineJob.SqlJob(
                this.job, sql, agreementText, List.of(), grant, Map.of(), reviewKey(), maxOutputBytes);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        EngineResult result = AggregateExit.run(
                spark,
                job,
                vault(),
                guard,
                this::originals,
                piece -> {
                    pieces.add(piece.length);
                    sealed.writeBytes(piece);
                },
                sink());
        return outcome(result, sealed.toByteArray());
    }

    private static org.apache.spark.sql.Column[] columnsOf(Set<String> columns) {
        List<org.apache.spark.sql.Column> all = new ArrayList<>();
        columns.forEach(c -> all.add(functions.col(c)));
        all.add(functions.col("__unit"));
        return all.toArray(org.apache.spark.sql.Column[]::new);
    }

    public static AccessGrant grant(ProtectionRules rules, GrantedTable... tables) {
        return new AccessGrant(
                "grant-1",
                "agreement-1",
                "sha256:0",
                "developer",
                "flu",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                rules,
                Arrays.asList(tables));
    }

    public static Agreement agreement(AccessGrant grant) {
        List<Permission> permissions = new ArrayList<>();
        for (GrantedTable table : grant.tables()) {
            Map<String, Set<ColumnUse>> uses = new LinkedHashMap<>();
            for (GrantedColumn column : table.columns()) {
                uses.put(column.name(), column.uses());
            }
            permissions.add(new Permission(table.dataset(), uses));
        }
        return new Agreement(
                grant.agreement(),
                "provider",
                "developer",
                "ed25519:a",
                "ed25519:b",
                grant.purpose(),
                grant.validFrom(),
                grant.validUntil(),
                grant.protection().minUnits(),
                permissions,
                grant.privacy());
    }

    public static String digest(String text) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a candidate of {@code job-1} as its reviewer would. */
    public static Map<String, byte[]> open(byte[] sealed, EngineResult result) {
        return CanonicalContainer.read(opened(sealed, result, "job-1").candidate());
    }

    private static ReviewPackage opened(byte[] sealed, EngineResult result, String job) {
        try {
            ReviewPackage opened =
                    ReviewPackage.read(REVIEWER.getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class)
                            .decrypt(sealed, ReviewSeal.info(job)));
            byte[] container = opened.candidate();
            String digest = "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(container));
            if (!digest.equals(result.candidateDigest().orElseThrow())) {
                throw new AssertionError("The result names another candidate than the one that was sealed.");
            }
            return opened;
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeysetHandle reviewer() {
        try {
            HybridConfig.register();
            return KeysetHandle.generateNew(HpkeParameters.builder()
                    .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                    .setVariant(HpkeParameters.Variant.NO_PREFIX)
                    .build());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String reviewKey() {
        try {
            return "hpke:"
                    + Base64.getEncoder()
                            .encodeToString(TinkProtoKeysetFormat.serializeKeysetWithoutSecret(
                                    REVIEWER.getPublicKeysetHandle()));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private VaultQuestions vault() {
        return new VaultQuestions() {
            @Override
            public TableKeys newTableKeys(String dataset, List<String> columns) {
                throw new AssertionError("An SQL job asks for no new keys.");
            }

            @Override
            public Map<String, byte[]> unwrapKeys(String dataset, Map<String, String> wrappedByColumn) {
                throw new AssertionError("These tables are not encrypted.");
            }

            @Override
            public byte[] queryNoise(String family, String query, long rhoMicros, long deltaPicos) {
                if (!family.equals("family")) {
                    throw new AssertionError("The wrong family.");
                }
                queriesPaid.add(query);
                deltasPaid.add(deltaPicos);
                return ContentDigest.sha256(SECRET, query.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public byte[] noiseSecret(String family) {
                if (!family.equals("family")) {
                    throw new AssertionError("The wrong family.");
                }
                return SECRET.clone();
            }
        };
    }

    private EventSink sink() {
        return new EventSink() {
            @Override
            public void happened(EngineEvent event) {
                events.add(event);
            }

            @Override
            public void happened(EngineEvent event, long n) {
                if (event != EngineEvent.TENTH_READ) {
                    throw new AssertionError("A number of an SQL job would be derived from records.");
                }
                tenths.add(n);
            }
        };
    }
}
