package io.yunyu.api.platform;

import io.yunyu.api.ControlPlane;
import io.yunyu.api.database.EmbeddedDatabase;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.ledger.signature.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.context.ConfigurableApplicationContext;

/** A control plane on a real PostgreSQL, with people to act in tests. Engines and vault are fakes. */
public final class Platform implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery";
    public static final String PROVIDER = "yn-health";
    public static final String OTHER_PROVIDER = "yn-social";
    public static final String DEVELOPER = "yunling-data";
    public static final String SECONDARY = "dianrong";
    private static EmbeddedDatabase server;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home;
    private final String database;
    private final Map<String, String> tokens = new TreeMap<>();
    private final Map<String, SigningKey> keys = new TreeMap<>();
    private ConfigurableApplicationContext context;
    public final FakeVault vault = new FakeVault();
    public final FakeEngines engines = new FakeEngines();

    private Platform(Path home, String database) {
        this.home = home;
        this.database = database;
    }

    /** Starts with the usual people registered: see {@link #enrolAll}. */
    public static Platform start(Path home) throws Exception {
        Platform platform = bare(home);
        platform.enrolAll();
        return platform;
    }

    /** Starts with the operator only. */
    public static Platform bare(Path home) throws Exception {
        String database = "t" + UUID.randomUUID().toString().replace("-", "");
        execute(server().url(), "create database " + database);
        Platform platform = new Platform(home, database);
        platform.engines.succeed();
        platform.restart();
        return platform;
    }

    /** Ends the server, if it runs, and starts it on what it left behind. */
    public void restart(String... more) throws Exception {
        close();
        Fakes.vault = vault;
        Fakes.engines = engines;
        String[] arguments = new String[more.length + 6];
        arguments[0] = "--yunyu.home=" + home;
        arguments[1] = "--yunyu.database.url=" + server().url(database);
        arguments[2] = "--yunyu.database.user=" + server().user();
        arguments[3] = "--yunyu.database.password=" + server().password();
        arguments[4] = "--yunyu.engine.real=false";
        arguments[5] = "--logging.threshold.console=off";
        System.arraycopy(more, 0, arguments, 6, more.length);
        context = ControlPlane.start(arguments, Fakes.class);
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
            context = null;
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public Path home() {
        return home;
    }

    public String address() throws IOException {
        return Files.readString(home.resolve("server/address.txt")).strip();
    }

    private void enrolAll() throws Exception {
        JsonObject operator = Json.parseObject(Files.readString(home.resolve("server/operator.json")));
        tokens.put("operator", operator.string("token"));
        organization(PROVIDER, "PROVIDER", "云南省卫生健康委员会", "Yunnan Health Commission");
        organization(OTHER_PROVIDER, "PROVIDER", "云南省人力资源和社会保障厅", "Yunnan Human Resources");
        organization(DEVELOPER, "PRIMARY_DEVELOPER", "云岭数据运营公司", "Yunling Data Operations");
        organization(SECONDARY, "SECONDARY_DEVELOPER", "滇融科技", "Dianrong Technology");
        organization("authority", "AUTHORITY", "云南省数据局", "Yunnan Data Bureau");
        person("steward", PROVIDER, "PROVIDER_STEWARD");
        person("reviewer", PROVIDER, "PROVIDER_REVIEWER");
        person("reviewer-two", PROVIDER, "PROVIDER_REVIEWER");
        person("other-steward", OTHER_PROVIDER, "PROVIDER_STEWARD");
        person("other-reviewer", OTHER_PROVIDER, "PROVIDER_REVIEWER");
        person("developer", DEVELOPER, "DEVELOPER");
        person("secondary", SECONDARY, "DEVELOPER");
        person("auditor", "authority", "AUDITOR");
    }

    private void organization(String id, String kind, String zh, String en) {
        require(
                201,
                post(
                        "operator",
                        "/api/v1/organizations",
                        Json.object("id", id, "kind", kind, "nameZh", zh, "nameEn", en)));
    }

    private void person(String id, String organization, String role) throws Exception {
        keys.put(id, SigningKey.generate());
        require(
                201,
                post(
                        "operator",
                        "/api/v1/persons",
                        Json.object(
                                "id",
                                id,
                                "organization",
                                organization,
                                "name",
                                "Test " + id,
                                "roles",
                                List.of(role),
                                "password",
                                PASSWORD,
                                "key",
                                keys.get(id).verificationKey().toString())));
        tokens.put(id, require(201, signIn(id, PASSWORD)).json().string("token"));
    }

    public Answer signIn(String person, String password) {
        String basic = Base64.getEncoder().encodeToString((person + ":" + password).getBytes(StandardCharsets.UTF_8));
        return send(request("/api/v1/tokens")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    }

    public SigningKey key(String person) {
        return keys.get(person);
    }

    public String token(String person) {
        return tokens.get(person);
    }

    public Answer get(String person, String path) {
        return send(as(person, path).GET());
    }

    public Answer post(String person, String path, Map<String, Object> body) {
        return send(as(person, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(body))));
    }

    public HttpRequest.Builder as(String person, String path) {
        HttpRequest.Builder request = request(path);
        if (tokens.containsKey(person)) {
            request.header("Authorization", "Bearer " + tokens.get(person));
        }
        return request;
    }

    public HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(address() + path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer, if it has the status. */
    public static Answer require(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("Expected " + status + ", got " + answer.status() + ": " + answer.text());
        }
        return answer;
    }

    /** An order for a dataset of persons; its file is put into the inbox. */
    public IngestOrder order(String dataset, String provider, String steward, String open, String kind)
            throws IOException {
        Files.createDirectories(home.resolve("inbox"));
        Files.writeString(home.resolve("inbox").resolve(dataset + ".csv"), "id_no,area,age,fee\n");
        return new IngestOrder(
                dataset,
                "门诊就诊",
                "Outpatient visits",
                provider,
                keys.get(steward).verificationKey().toString(),
                "persons",
                "id_no",
                open,
                kind,
                LocalDate.of(2026, 11, 20),
                true,
                true,
                new Source.Csv(dataset + ".csv", ","),
                List.of(
                        spec("id_no", "STRING", AttributeRole.DIRECT_IDENTIFIER, 3),
                        spec("area", "STRING", AttributeRole.QUASI_IDENTIFIER, 2),
                        spec("age", "LONG", AttributeRole.QUASI_IDENTIFIER, 2),
                        spec("fee", "DECIMAL(10,2)", AttributeRole.SENSITIVE, 4)));
    }

    private static AttributeSpec spec(String name, String type, AttributeRole role, int grade) {
        return new AttributeSpec(name, type, role, grade, Optional.empty(), false, name, name);
    }

    public Answer ingest(String steward, IngestOrder order) {
        return post(
                steward,
                "/api/v1/ingests",
                Json.object(
                        "order", order.toText(),
                        "signature",
                                keys.get(steward)
                                        .sign(IngestOrder.TYPE, order.toText())
                                        .toJson()));
    }

    /** Loads a dataset that can be agreed on, and waits for it. */
    public void load(String dataset, String open, String kind) throws Exception {
        String id = require(202, ingest("steward", order(dataset, PROVIDER, "steward", open, kind)))
                .json()
                .string("id");
        await("ingest of " + dataset, () -> get("steward", "/api/v1/ingests/" + id)
                .json()
                .string("state")
                .equals("DONE"));
    }

    public Agreement agreement(String developer, String person, String dataset) {
        return new Agreement(
                "agreement-" + UUID.randomUUID(),
                PROVIDER,
                developer,
                keys.get("steward").verificationKey().toString(),
                keys.get(person).verificationKey().toString(),
                "门诊利用统计",
                Instant.now().minus(1, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS),
                Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS),
                5,
                List.of(new Permission(
                        dataset,
                        Map.of(
                                "area",
                                Set.of(ColumnUse.GROUP_BY, ColumnUse.FILTER),
                                "age",
                                Set.of(ColumnUse.MEASURE)))));
    }

    public Answer draft(String person, Agreement agreement) {
        return post(person, "/api/v1/agreements", Json.object("document", agreement.toText()));
    }

    public Answer sign(String person, Agreement agreement) {
        return post(
                person,
                "/api/v1/agreements/" + agreement.uid() + "/signatures",
                keys.get(person).sign(Agreement.TYPE, agreement.toText()).toJson());
    }

    /** A dataset, and an agreement on it in force. */
    public String agreed(String dataset) throws Exception {
        load(dataset, "CONDITIONAL", "ORIGINAL");
        return agree(agreement(DEVELOPER, "developer", dataset), "developer");
    }

    public Answer submit(String agreement, String sql, Optional<String> key) {
        HttpRequest.Builder request = as("developer", "/api/v1/jobs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(
                        Json.bytes(Json.object("agreementId", agreement, "kind", "sql", "sql", sql))));
        key.ifPresent(k -> request.header("Idempotency-Key", k));
        return send(request);
    }

    /** Registers a developer's organization with one person of the same id, and agrees with it on a dataset that is loaded. */
    public String enrolDeveloper(String id, String dataset) throws Exception {
        organization(id, "PRIMARY_DEVELOPER", "开发机构 " + id, "Developer " + id);
        person(id, id, "DEVELOPER");
        return agree(agreement(id, id, dataset), id);
    }

    /** Brings an agreement into force. */
    public String agree(Agreement agreement, String person) {
        require(201, draft(person, agreement));
        require(200, sign(person, agreement));
        require(200, sign("steward", agreement));
        return agreement.uid();
    }

    /** Submits as any developer. @return the job's id */
    public String submit(String person, String agreement, String sql, String priority) {
        return require(
                        202,
                        post(
                                person,
                                "/api/v1/jobs",
                                Json.object("agreementId", agreement, "kind", "sql", "sql", sql, "priority", priority)))
                .json()
                .string("id");
    }

    public AdjustableClock clock() {
        return Fakes.clock;
    }

    /** A job that waits for review. */
    public String inReview(String agreement) {
        String job = require(
                        202, submit(agreement, "SELECT area, count(*) n FROM visits GROUP BY area", Optional.empty()))
                .json()
                .string("id");
        awaitJob(job, "IN_REVIEW");
        return job;
    }

    public void awaitJob(String job, String state) {
        await("job to be " + state, () -> get("developer", "/api/v1/jobs/" + job)
                .json()
                .string("state")
                .equals(state));
    }

    /** Waits for what another thread brings about. */
    public static void await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("Waited in vain for the " + what + ".");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    /** A statement by the side door, for what only a crash brings about. */
    public void sql(String statement) throws SQLException {
        execute(server().url(database), statement);
    }

    public String query(String statement) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server().url(database), server().user(), server().password());
                var rows = connection.createStatement().executeQuery(statement)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(String url, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, server().user(), server().password())) {
            connection.createStatement().execute(statement);
        }
    }

    /** One server for all tests of this run; each platform has a database of its own. */
    public static synchronized EmbeddedDatabase server() {
        try {
            if (server == null) {
                Path target = Path.of("target").toAbsolutePath();
                server = EmbeddedDatabase.start(
                        Files.createTempDirectory(target, "pg"), target.resolve("postgres-programs"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        server.close();
                    } catch (IOException e) {
                        e.printStackTrace();
                    }
                }));
            }
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
