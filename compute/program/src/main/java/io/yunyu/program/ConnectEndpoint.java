package io.yunyu.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.spark.connect.proto.*;
import org.sparkproject.io.grpc.Server;
import org.sparkproject.io.grpc.Status;
import org.sparkproject.io.grpc.netty.NettyServerBuilder;
import org.sparkproject.io.grpc.stub.StreamObserver;

/**
 * Spark Connect, as far as a program is offered it: schemas, and actions whose answer becomes a table under review. Every
 * action answers with the columns of its result and no row.
 */
final class ConnectEndpoint extends SparkConnectServiceGrpc.SparkConnectServiceImplBase implements AutoCloseable {
    static final int PORT = 15002;

    private static final String SPARK_VERSION = "4.0.1";
    private static final int MOST_MESSAGE_BYTES = 4 << 20;
    private static final String TIME_ZONE = "spark.sql.session.timeZone";
    private static final Map<String, String> SETTINGS = Map.of(
            TIME_ZONE,
            "Asia/Shanghai",
            "spark.sql.timestampType",
            "TIMESTAMP_LTZ",
            "spark.sql.execution.arrow.useLargeVarTypes",
            "false",
            "spark.sql.session.localRelationCacheThreshold",
            "67108864");

    private final KeptTables tables;
    private final String serverSession = UUID.randomUUID().toString();
    private final Server server;

    private ConnectEndpoint(KeptTables tables, int port) throws IOException {
        this.tables = tables;
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addService(this)
                .maxInboundMessageSize(MOST_MESSAGE_BYTES)
                // One at a time, as the channel behind it: a program's threads wait for each other here.
                .executor(Executors.newSingleThreadExecutor(task -> {
                    Thread thread = new Thread(task, "connect");
                    thread.setDaemon(true);
                    return thread;
                }))
                .build()
                .start();
    }

    /** @param port on loopback, 0 for any */
    static ConnectEndpoint open(KeptTables tables, int port) throws IOException {
        return new ConnectEndpoint(tables, port);
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void executePlan(ExecutePlanRequest request, StreamObserver<ExecutePlanResponse> answer) {
        Function<ExecutePlanResponse.Builder, ExecutePlanResponse> part =
                builder -> builder.setSessionId(request.getSessionId())
                        .setServerSideSessionId(serverSession)
                        .setOperationId(request.getOperationId())
                        .setResponseId(UUID.randomUUID().toString())
                        .build();
        guarded(answer, () -> {
            ExecutePlanResponse.Builder first = ExecutePlanResponse.newBuilder();
            if (request.getPlan().hasRoot()) {
                DataType schema = tables.collected(request.getPlan().getRoot()).schema();
                first.setSchema(schema).setArrowBatch(NoRows.of(schema, known(TIME_ZONE)));
            } else {
                command(request.getPlan().getCommand(), first);
            }
            answer.onNext(part.apply(first));
            answer.onNext(part.apply(ExecutePlanResponse.newBuilder()
                    .setResultComplete(ExecutePlanResponse.ResultComplete.getDefaultInstance())));
        });
    }

    private void command(Command command, ExecutePlanResponse.Builder answer) {
        switch (command.getCommandTypeCase()) {
            case WRITE_OPERATION -> tables.saved(command.getWriteOperation());
            case SQL_COMMAND -> {
                Relation text = sqlText(command.getSqlCommand());
                // Only a text until something is done with it, as for Spark's own service.
                answer.setSqlCommandResult(
                        ExecutePlanResponse.SqlCommandResult.newBuilder().setRelation(text));
            }
            case REGISTER_FUNCTION, REGISTER_TABLE_FUNCTION, REGISTER_DATA_SOURCE ->
                throw new NotOffered(
                        "A function of the program's own (UDF) never reaches the data. Use count, sum and avg of columns.");
            default ->
                throw new NotOffered("A command of the kind " + command.getCommandTypeCase()
                        + " is not offered. Use write.saveAsTable(name).");
        }
    }

    /** Clients give the text as a relation, older ones by itself. */
    @SuppressWarnings("deprecation")
    private static Relation sqlText(SqlCommand command) {
        if (!command.hasInput()) {
            if (command.getArgsCount()
                            + command.getPosArgsCount()
                            + command.getNamedArgumentsCount()
                            + command.getPosArgumentsCount()
                    > 0) {
                throw new NotOffered(PlanText.NO_PARAMETERS);
            }
            return Relation.newBuilder()
                    .setSql(SQL.newBuilder().setQuery(command.getSql()))
                    .build();
        }
        if (command.getInput().getRelTypeCase() != Relation.RelTypeCase.SQL) {
            throw new NotOffered("An SQL text is one SELECT without views or parameters of the program's own.");
        }
        return command.getInput();
    }

    @Override
    public void analyzePlan(AnalyzePlanRequest request, StreamObserver<AnalyzePlanResponse> answer) {
        guarded(answer, () -> {
            AnalyzePlanResponse.Builder result = AnalyzePlanResponse.newBuilder()
                    .setSessionId(request.getSessionId())
                    .setServerSideSessionId(serverSession);
            switch (request.getAnalyzeCase()) {
                case SPARK_VERSION ->
                    result.setSparkVersion(
                            AnalyzePlanResponse.SparkVersion.newBuilder().setVersion(SPARK_VERSION));
                case SCHEMA ->
                    result.setSchema(AnalyzePlanResponse.Schema.newBuilder()
                            .setSchema(
                                    tables.schema(request.getSchema().getPlan().getRoot())));
                case IS_LOCAL ->
                    result.setIsLocal(AnalyzePlanResponse.IsLocal.newBuilder().setIsLocal(false));
                case IS_STREAMING ->
                    result.setIsStreaming(
                            AnalyzePlanResponse.IsStreaming.newBuilder().setIsStreaming(false));
                default ->
                    throw new NotOffered("An analysis of the kind " + request.getAnalyzeCase()
                            + " is not offered. The schema of a table or of an aggregate is.");
            }
            answer.onNext(result.build());
        });
    }

    @Override
    public void config(ConfigRequest request, StreamObserver<ConfigResponse> answer) {
        guarded(answer, () -> {
            ConfigResponse.Builder result = ConfigResponse.newBuilder()
                    .setSessionId(request.getSessionId())
                    .setServerSideSessionId(serverSession);
            ConfigRequest.Operation operation = request.getOperation();
            switch (operation.getOpTypeCase()) {
                case GET -> operation.getGet().getKeysList().forEach(key -> result.addPairs(pair(key, known(key))));
                case GET_OPTION ->
                    operation
                            .getGetOption()
                            .getKeysList()
                            .forEach(key -> result.addPairs(
                                    SETTINGS.containsKey(key)
                                            ? pair(key, known(key))
                                            : KeyValue.newBuilder().setKey(key).build()));
                case GET_WITH_DEFAULT ->
                    operation
                            .getGetWithDefault()
                            .getPairsList()
                            .forEach(pair -> result.addPairs(
                                    SETTINGS.containsKey(pair.getKey())
                                            ? pair(pair.getKey(), known(pair.getKey()))
                                            : pair));
                case IS_MODIFIABLE ->
                    operation.getIsModifiable().getKeysList().forEach(key -> result.addPairs(pair(key, "false")));
                default -> throw new NotOffered("Settings are the engine's own and cannot be changed or listed.");
            }
            answer.onNext(result.build());
        });
    }

    private static KeyValue pair(String key, String value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static String known(String key) {
        String value = SETTINGS.get(key);
        if (value == null) {
            throw new NotOffered("This setting is not told.");
        }
        return value;
    }

    @Override
    public StreamObserver<AddArtifactsRequest> addArtifacts(StreamObserver<AddArtifactsResponse> answer) {
        answer.onError(status("A class or file of the program never reaches the data; nothing can be added."));
        return new StreamObserver<>() {
            @Override
            public void onNext(AddArtifactsRequest part) {}

            @Override
            public void onError(Throwable broken) {}

            @Override
            public void onCompleted() {}
        };
    }

    @Override
    public void interrupt(InterruptRequest request, StreamObserver<InterruptResponse> answer) {
        guarded(
                answer,
                () -> answer.onNext(InterruptResponse.newBuilder()
                        .setSessionId(request.getSessionId())
                        .setServerSideSessionId(serverSession)
                        .build()));
    }

    @Override
    public void releaseExecute(ReleaseExecuteRequest request, StreamObserver<ReleaseExecuteResponse> answer) {
        guarded(
                answer,
                () -> answer.onNext(ReleaseExecuteResponse.newBuilder()
                        .setSessionId(request.getSessionId())
                        .setServerSideSessionId(serverSession)
                        .setOperationId(request.getOperationId())
                        .build()));
    }

    @Override
    public void releaseSession(ReleaseSessionRequest request, StreamObserver<ReleaseSessionResponse> answer) {
        guarded(
                answer,
                () -> answer.onNext(ReleaseSessionResponse.newBuilder()
                        .setSessionId(request.getSessionId())
                        .setServerSideSessionId(serverSession)
                        .build()));
    }

    private static void guarded(StreamObserver<?> answer, Runnable call) {
        try {
            call.run();
        } catch (NotOffered e) {
            answer.onError(status(e.why()));
            return;
        } catch (StackOverflowError e) {
            answer.onError(status("The plan is nested too deeply. Write it flatter."));
            return;
        }
        answer.onCompleted();
    }

    private static RuntimeException status(String why) {
        return Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
