package io.yunyu.contract.job;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an engine is told to do: the payload of the one job frame. */
public sealed interface EngineJob
        permits EngineJob.IngestJob,
                EngineJob.SqlJob,
                EngineJob.PublicationJob,
                EngineJob.AnonymizeJob,
                EngineJob.CheckJob,
                EngineJob.ReplayJob,
                ProgramJob,
                PlansJob,
                SolveJob {
    String jobId();

    Map<String, Object> toJson();

    /** Bound of the sealed candidate; 0 if the job yields none. */
    default long maxOutputBytes() {
        return 0;
    }

    /**
     * Load one batch. Trusted classes only, no developer input.
     *
     * @param order canonical text of an {@link IngestOrder}
     * @param sourcePath the source file inside the sandbox; for JDBC the Unix socket that the launcher relays
     * @param tablePath directory of the Delta table inside the sandbox, writable; its problem table lies at {@code tablePath + ".problems"}
     * @param password for JDBC
     */
    record IngestJob(
            String jobId,
            String order,
            Signature signature,
            String sourcePath,
            String tablePath,
            Optional<String> password)
            implements EngineJob {
        @Override
        public Map<String, Object> toJson() {
            return Json.object(
                    "kind",
                    "ingest",
                    "jobId",
                    jobId,
                    "order",
                    order,
                    "signature",
                    signature.toJson(),
                    "sourcePath",
                    sourcePath,
                    "tablePath",
                    tablePath,
                    "password",
                    password.orElse(null));
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "IngestJob[" + jobId + "]";
        }
    }

    /**
     * Run an SQL job through the aggregate exit.
     *
     * @param agreement canonical text of the agreement
     * @param signatures of both parties
     * @param grant text of the access grant
     * @param tablePaths directory inside the sandbox by dataset id
     * @param reviewKey the provider's sealing key, {@code hpke:…}
     * @param maxOutputBytes bound of the sealed candidate
     */
    record SqlJob(
            String jobId,
            String sql,
            String agreement,
            List<Signature> signatures,
            String grant,
            Map<String, String> tablePaths,
            String reviewKey,
            long maxOutputBytes)
            implements EngineJob {
        /** Most characters of a query that is looked at at all; the plan policy refuses much shorter ones. */
        public static final int LONGEST_SQL = 100_000;

        public SqlJob {
            signatures = List.copyOf(signatures);
            tablePaths = Map.copyOf(tablePaths);
        }

        @Override
        public Map<String, Object> toJson() {
            return Json.object(
                    "kind",
                    "sql",
                    "jobId",
                    jobId,
                    "sql",
                    sql,
                    "agreement",
                    agreement,
                    "signatures",
                    signatures.stream().map(Signature::toJson).toList(),
                    "grant",
                    grant,
                    "tablePaths",
                    tablePaths,
                    "reviewKey",
                    reviewKey,
                    "maxOutputBytes",
                    maxOutputBytes);
        }
    }

    /**
     * Run a planned publication. Its query is in the agreement that both parties signed; the job brings its number only.
     *
     * @param publication 1 for the agreement's first
     * @param agreement canonical text of the agreement
     * @param signatures of both parties
     * @param grant text of the access grant
     * @param tablePaths directory inside the sandbox by dataset id
     * @param reviewKey the provider's sealing key, {@code hpke:…}
     * @param maxOutputBytes bound of the sealed candidate
     */
    record PublicationJob(
            String jobId,
            int publication,
            String agreement,
            List<Signature> signatures,
            String grant,
            Map<String, String> tablePaths,
            String reviewKey,
            long maxOutputBytes)
            implements EngineJob {
        private static final Set<String> MEMBERS = Set.of(
                "kind",
                "jobId",
                "publication",
                "agreement",
                "signatures",
                "grant",
                "tablePaths",
                "reviewKey",
                "maxOutputBytes");

        public PublicationJob {
            signatures = List.copyOf(signatures);
            tablePaths = Map.copyOf(tablePaths);
        }

        @Override
        public Map<String, Object> toJson() {
            return Json.object(
                    "kind",
                    "publication",
                    "jobId",
                    jobId,
                    "publication",
                    publication,
                    "agreement",
                    agreement,
                    "signatures",
                    signatures.stream().map(Signature::toJson).toList(),
                    "grant",
                    grant,
                    "tablePaths",
                    tablePaths,
                    "reviewKey",
                    reviewKey,
                    "maxOutputBytes",
                    maxOutputBytes);
        }

        private static PublicationJob of(JsonObject json) {
            json.onlyMembers(MEMBERS);
            return new PublicationJob(
                    json.string("jobId"),
                    json.intValue("publication"),
                    json.string("agreement"),
                    json.objects("signatures").stream().map(Signature::parse).toList(),
                    json.string("grant"),
                    json.stringMap("tablePaths"),
                    json.string("reviewKey"),
                    json.longValue("maxOutputBytes"));
        }
    }

    /**
     * De-identify one table into a data element.
     *
     * @param request canonical JSON: {@code dataset}, and {@code spec}, the specification
     * @param agreement canonical text of the agreement
     * @param signatures of both parties
     * @param grant text of the access grant
     * @param tablePaths directory inside the sandbox by dataset id
     * @param reviewKey the provider's sealing key, {@code hpke:…}
     * @param maxOutputBytes bound of the sealed candidate
     */
    record AnonymizeJob(
            String jobId,
            String request,
            String agreement,
            List<Signature> signatures,
            String grant,
            Map<String, String> tablePaths,
            String reviewKey,
            long maxOutputBytes)
            implements EngineJob {
        private static final Set<String> MEMBERS = Set.of(
                "kind",
                "jobId",
                "request",
                "agreement",
                "signatures",
                "grant",
                "tablePaths",
                "reviewKey",
                "maxOutputBytes");

        public AnonymizeJob {
            signatures = List.copyOf(signatures);
            tablePaths = Map.copyOf(tablePaths);
        }

        @Override
        public Map<String, Object> toJson() {
            return Json.object(
                    "kind",
                    "anonymize",
                    "jobId",
                    jobId,
                    "request",
                    request,
                    "agreement",
                    agreement,
                    "signatures",
                    signatures.stream().map(Signature::toJson).toList(),
                    "grant",
                    grant,
                    "tablePaths",
                    tablePaths,
                    "reviewKey",
                    reviewKey,
                    "maxOutputBytes",
                    maxOutputBytes);
        }

        private static AnonymizeJob of(JsonObject json) {
            json.onlyMembers(MEMBERS);
            return new AnonymizeJob(
                    json.string("jobId"),
                    json.string("request"),
                    json.string("agreement"),
                    json.objects("signatures").stream().map(Signature::parse).toList(),
                    json.string("grant"),
                    json.stringMap("tablePaths"),
                    json.string("reviewKey"),
                    json.longValue("maxOutputBytes"));
        }
    }

    /** Check a query against a grant. Needs no key and no table. */
    record CheckJob(String jobId, String sql, String grant) implements EngineJob {
        @Override
        public Map<String, Object> toJson() {
            return Json.object("kind", "check", "jobId", jobId, "sql", sql, "grant", grant);
        }
    }

    /**
     * Say what changed rules would have made of a past query, in numbers of cells. Nothing is published, remembered by the
     * guard, or perturbed.
     *
     * @param grant as it was compiled for the job, perhaps with other declarations of columns
     * @param rule text of a {@link io.yunyu.contract.policy.RuleChange}
     * @param tablePaths directory inside the sandbox by dataset id; empty if only the query's form is to be judged
     */
    record ReplayJob(
            String jobId,
            String sql,
            String agreement,
            List<Signature> signatures,
            String grant,
            String rule,
            Map<String, String> tablePaths)
            implements EngineJob {
        public ReplayJob {
            signatures = List.copyOf(signatures);
            tablePaths = Map.copyOf(tablePaths);
        }

        @Override
        public Map<String, Object> toJson() {
            return Json.object(
                    "kind",
                    "replay",
                    "jobId",
                    jobId,
                    "sql",
                    sql,
                    "agreement",
                    agreement,
                    "signatures",
                    signatures.stream().map(Signature::toJson).toList(),
                    "grant",
                    grant,
                    "rule",
                    rule,
                    "tablePaths",
                    tablePaths);
        }
    }

    static EngineJob parse(JsonObject json) {
        String jobId = json.string("jobId");
        return switch (json.string("kind")) {
            case "ingest" -> {
                json.onlyMembers(Set.of("kind", "jobId", "order", "signature", "sourcePath", "tablePath", "password"));
                yield new IngestJob(
                        jobId,
                        json.string("order"),
                        Signature.parse(json.object("signature")),
                        json.string("sourcePath"),
                        json.string("tablePath"),
                        json.optionalString("password"));
            }
            case "sql" -> {
                json.onlyMembers(Set.of(
                        "kind",
                        "jobId",
                        "sql",
                        "agreement",
                        "signatures",
                        "grant",
                        "tablePaths",
                        "reviewKey",
                        "maxOutputBytes"));
                yield new SqlJob(
                        jobId,
                        json.string("sql"),
                        json.string("agreement"),
                        json.objects("signatures").stream()
                                .map(Signature::parse)
                                .toList(),
                        json.string("grant"),
                        json.stringMap("tablePaths"),
                        json.string("reviewKey"),
                        json.longValue("maxOutputBytes"));
            }
            case "check" -> {
                json.onlyMembers(Set.of("kind", "jobId", "sql", "grant"));
                yield new CheckJob(jobId, json.string("sql"), json.string("grant"));
            }
            case "anonymize" -> AnonymizeJob.of(json);
            case "publication" -> PublicationJob.of(json);
            case "program" -> ProgramJob.parse(json);
            case "plans" -> PlansJob.parse(json);
            case "solve" -> SolveJob.parse(json);
            case "replay" -> {
                json.onlyMembers(
                        Set.of("kind", "jobId", "sql", "agreement", "signatures", "grant", "rule", "tablePaths"));
                yield new ReplayJob(
                        jobId,
                        json.string("sql"),
                        json.string("agreement"),
                        json.objects("signatures").stream()
                                .map(Signature::parse)
                                .toList(),
                        json.string("grant"),
                        json.string("rule"),
                        json.stringMap("tablePaths"));
            }
            default ->
                throw new JsonException(
                        "Member 'kind' must be ingest, sql, publication, anonymize, check, replay, program, plans or"
                                + " solve.");
        };
    }
}
