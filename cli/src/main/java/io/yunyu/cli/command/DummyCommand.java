package io.yunyu.cli.command;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.Connection;
import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.InputFile;
import io.yunyu.cli.dummy.DummyDataset;
import io.yunyu.cli.dummy.DummyPackage;
import io.yunyu.cli.dummy.QueryHints;
import io.yunyu.cli.job.JobFile;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "dummy",
        mixinStandardHelpOptions = true,
        description =
                "Make up data that look like a dataset, to try queries on. No original record is touched; with a query,"
                        + " rows that it finds are among them. The same seed gives the same bytes.")
public final class DummyCommand implements Callable<Integer> {
    @Option(
            names = "--dataset",
            paramLabel = "ID",
            description = "For which dataset; may be given several times. Default: all of the agreement.")
    private List<String> datasets = List.of();

    @Option(
            names = "--agreement",
            paramLabel = "ID",
            description = "Pack the agreement and its grant with the data, for `yunyu run --local`.")
    private @Nullable String agreement;

    @Option(names = "--rows", defaultValue = "10000", description = "Records per dataset (default ${DEFAULT-VALUE}).")
    private long rows;

    @Option(names = "--seed", defaultValue = "7")
    private long seed;

    @Option(
            names = "--query",
            paramLabel = "FILE",
            description =
                    "A query (.sql), or a job file (.yaml), that is to find rows. Needs --agreement, or a job file.")
    private @Nullable Path query;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "A zip file with --agreement, else one dataset as CSV.")
    private Path output = Path.of("dummy.zip");

    @Mixin
    private Connection connection = new Connection();

    @Override
    public Integer call() throws Exception {
        if (rows < 1) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "Dummy data have at least one row. Raise --rows.");
        }
        Optional<JobFile> job = jobFile();
        Optional<String> under = Optional.ofNullable(agreement).or(() -> job.map(JobFile::agreement));
        ApiClient api = connection.client("developer");
        if (under.isPresent()) {
            pack(api, under.get(), job);
        } else {
            single(api);
        }
        Console.result(
                connection.json()
                        ? Json.write(
                                Json.object("fictional", true, "file", output.toString(), "rows", rows, "seed", seed))
                        : output.toString());
        return 0;
    }

    private Optional<JobFile> jobFile() {
        return query != null && query.toString().matches(".*\\.ya?ml")
                ? Optional.of(JobFile.read(query))
                : Optional.empty();
    }

    private void single(ApiClient api) throws IOException {
        if (datasets.size() != 1 || query != null) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "Without --agreement, name exactly one --dataset and no --query: what a query may ask is in its agreement.");
        }
        DummyPackage.writeCsv(output, dataset(api, datasets.get(0)), rows, seed, QueryHints.NONE);
    }

    private void pack(ApiClient api, String id, Optional<JobFile> job) throws Exception {
        String document = api.get("/api/v1/agreements/" + id).string("document");
        String grant = Json.write(api.get("/api/v1/agreements/" + id + "/grant").asMap());
        List<String> granted = AccessGrant.parse(grant).tables().stream()
                .map(GrantedTable::dataset)
                .toList();
        List<String> wanted = datasets.isEmpty() ? granted : datasets;
        List<DummyDataset> described = new ArrayList<>();
        for (String name : wanted) {
            if (!granted.contains(name)) {
                throw new ProblemException(
                        ProblemCode.BAD_REQUEST,
                        "The agreement grants no dataset '" + name + "'. It grants " + String.join(", ", granted)
                                + ".");
            }
            described.add(dataset(api, name));
        }
        DummyPackage.write(output, document, grant, described, rows, seed, hints(document, grant, job));
    }

    private QueryHints hints(String document, String grant, Optional<JobFile> job) throws Exception {
        if (query == null) {
            return QueryHints.NONE;
        }
        String sql = job.map(JobFile::sql).orElseGet(() -> InputFile.text(java.util.Objects.requireNonNull(query)));
        try (DryRunProcess process = new DryRunProcess()) {
            JsonObject answer = process.ask(Json.object(
                    "what", "hints", "sql", sql, "grant", grant, "agreement", document, "tables", List.of()));
            EngineResult checked = EngineResult.parse(answer.object("result"));
            if (!answer.has("hints")) {
                RunCommand.refuse(checked, connection.json());
            }
            QueryHints hints = QueryHints.parse(answer.object("hints"));
            if (hints.branches().isEmpty()) {
                Console.progress("No row can pass the WHERE clause of this query; the dummy data hold none that does.");
            }
            return hints;
        }
    }

    private static DummyDataset dataset(ApiClient api, String id) {
        return DummyDataset.parse(api.get("/api/v1/datasets/" + id + "/profile"));
    }
}
