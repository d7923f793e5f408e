package io.yunyu.cli.job;

import io.yunyu.cli.client.InputFile;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A job as its developer writes it down: the same file is tried on dummy data and submitted.
 *
 * @param sql the query: the member {@code sql}, or the file that {@code query} names
 * @param priority high, normal or low
 * @param rhoMicros what a differentially private query may spend, if less than its agreement allows
 * @param data dummy data to try it on; not looked at when it is submitted
 */
public record JobFile(
        String agreement, String sql, Optional<String> priority, Optional<Long> rhoMicros, Optional<Path> data) {
    private static final Set<String> MEMBERS = Set.of("agreement", "sql", "query", "priority", "rhoMicros", "data");
    private static final Set<String> PRIORITIES = Set.of("high", "normal", "low");
    private static final int LONGEST_FILE = 1 << 20;

    public JobFile {
        if (sql.length() > EngineJob.SqlJob.LONGEST_SQL) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "A query has at most " + EngineJob.SqlJob.LONGEST_SQL + " characters. Shorten it.");
        }
        if (priority.isPresent() && !PRIORITIES.contains(priority.get())) {
            throw new JsonException("Member 'priority' must be high, normal or low.");
        }
    }

    /**
     * Reads a job file. Names of files in it are relative to its directory.
     *
     * @throws ProblemException if it is no YAML, or a file cannot be read
     * @throws JsonException if a member is unknown, missing or of the wrong kind
     */
    public static JobFile read(Path file) {
        JsonObject job = yaml(file).onlyMembers(MEMBERS);
        if (job.has("sql") == job.has("query")) {
            throw new JsonException("A job has either 'sql', the query itself, or 'query', the name of its file.");
        }
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        return new JobFile(
                job.string("agreement"),
                job.optionalString("sql").orElseGet(() -> InputFile.text(directory.resolve(job.string("query")))),
                job.optionalString("priority"),
                job.has("rhoMicros") ? Optional.of(job.longValue("rhoMicros")) : Optional.empty(),
                job.optionalString("data").map(directory::resolve));
    }

    private static JsonObject yaml(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setCodePointLimit(LONGEST_FILE);
        try {
            Object document = new Yaml(new SafeConstructor(options)).load(InputFile.text(file));
            if (!(document instanceof Map<?, ?> members)) {
                throw new ProblemException(
                        ProblemCode.BAD_REQUEST, "The job file holds no members: write lines such as 'agreement: ID'.");
            }
            Map<String, Object> named = new LinkedHashMap<>();
            members.forEach((name, value) -> named.put(String.valueOf(name), value));
            // Through the reader of all our documents, so that a member has one meaning.
            return Json.parseObject(Json.write(named));
        } catch (YAMLException e) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "The job file cannot be read as YAML" + place(e) + ". Correct it there.");
        }
    }

    private static String place(YAMLException e) {
        return e instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? " at line " + (marked.getProblemMark().getLine() + 1)
                : "";
    }
}
