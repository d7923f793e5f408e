package io.yunyu.vault;

import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.channel.SealingContext;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.vault.crypto.ColumnKey;
import io.yunyu.vault.crypto.Hpke;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers engines, who ask through the launcher and the control plane. Nobody on that way is trusted: authority comes
 * with each question as signed documents, and answers are sealed to the engine's key.
 */
final class EngineQuestions {
    static final String LOG_COLUMN = "__log";

    private static final Set<String> INTERNAL = Set.of("__unit", "__footer", LOG_COLUMN);
    private static final int MAX_COLUMNS = 2000;
    private static final int MAX_NAME = 128;

    private final DatasetKeys keys;
    private final OrderAuthority orders;
    private final AgreementAuthority agreements;
    private final QueryBudget budgets;

    EngineQuestions(DatasetKeys keys, Clock clock) {
        this.keys = keys;
        this.orders = new OrderAuthority(keys);
        this.agreements = new AgreementAuthority(keys, clock);
        this.budgets = new QueryBudget(keys);
    }

    /** {@code {id, sealed}}. @throws io.yunyu.contract.problem.ProblemException to refuse */
    Map<String, Object> answer(String sealTo, JsonObject question) {
        long id = question.longValue("id");
        String jobId = question.string("jobId");
        Map<String, Object> answer =
                switch (question.string("op")) {
                    case "newTableKeys" -> newTableKeys(question);
                    case "unwrapKeys" -> unwrapKeys(question);
                    case "noiseSecret" -> noiseSecret(question);
                    case "queryNoise" -> queryNoise(question);
                    case "guardKey" -> guardKey(question);
                    case "guardSeen" -> guardSeen(question);
                    default ->
                        throw Refusals.badRequest(
                                "An engine may ask newTableKeys, unwrapKeys, noiseSecret, queryNoise, guardKey or guardSeen"
                                        + " only.");
                };
        byte[] sealed = Hpke.seal(sealTo, Json.bytes(answer), SealingContext.answer(jobId, id));
        return Json.object("id", id, "sealed", StrictBase64.encode(sealed));
    }

    private Map<String, Object> newTableKeys(JsonObject question) {
        question.onlyMembers(Set.of("id", "op", "jobId", "order", "signature", "dataset", "columns"));
        List<String> columns = question.strings("columns");
        requireColumns(columns);
        IngestOrder order = orders.verified(question);
        Map<String, Object> plain = new LinkedHashMap<>();
        Map<String, Object> wrapped = new LinkedHashMap<>();
        keys.createColumnKeys(question.string("dataset"), columns).forEach((column, columnKey) -> {
            byte[] dataKey = ColumnKey.random();
            plain.put(column, StrictBase64.encode(dataKey));
            wrapped.put(column, StrictBase64.encode(columnKey.wrap(dataKey)));
        });
        String unitSecret = StrictBase64.encode(keys.unitSecret(order.family()));
        return Json.object("keys", plain, "wrapped", wrapped, "unitSecret", unitSecret);
    }

    private Map<String, Object> unwrapKeys(JsonObject question) {
        question.onlyMembers(
                Set.of("id", "op", "jobId", "agreement", "signatures", "order", "signature", "dataset", "columns"));
        String dataset = question.string("dataset");
        Map<String, byte[]> wrapped = wrappedByColumn(question);
        if (question.has("order")) {
            requireLogOnly(question, wrapped.keySet());
        } else {
            requireGranted(question, dataset, wrapped.keySet());
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        wrapped.forEach((column, key) -> plain.put(column, StrictBase64.encode(unwrap(dataset, column, key))));
        return Json.object("keys", plain);
    }

    /** A provider's order may write; of what is there it opens the table's log, which appending reads. */
    private void requireLogOnly(JsonObject question, Set<String> columns) {
        orders.verified(question);
        for (String column : columns) {
            if (!column.equals(LOG_COLUMN)) {
                throw Refusals.key("An ingest order opens no column of a table; it asked for '" + column + "'.");
            }
        }
    }

    private void requireGranted(JsonObject question, String dataset, Set<String> columns) {
        Agreement agreement = agreements.verified(question);
        Permission permission = agreements.permission(agreement, dataset);
        for (String column : columns) {
            if (!INTERNAL.contains(column) && !permission.opens(column)) {
                throw Refusals.key("Column '" + column + "' of dataset '" + dataset + "' is not granted by agreement '"
                        + agreement.uid() + "'. Leave it out of the query, or ask the provider to grant a use of it.");
            }
        }
    }

    private byte[] unwrap(String dataset, String column, byte[] wrapped) {
        try {
            byte[] key = keys.columnKey(dataset, column)
                    .orElseThrow(() -> Refusals.key("The vault has no key of column '" + column + "' of dataset '"
                            + dataset + "': it was never made or was destroyed."))
                    .unwrap(wrapped);
            return key;
        } catch (GeneralSecurityException e) {
            throw Refusals.key("The wrapped key of column '" + column + "' of dataset '" + dataset
                    + "' does not open: it was changed, or wrapped for another column or by another vault.");
        }
    }

    private Map<String, Object> noiseSecret(JsonObject question) {
        question.onlyMembers(Set.of("id", "op", "jobId", "agreement", "signatures", "family"));
        String family = question.string("family");
        Agreement agreement = agreements.verified(question);
        agreements.requireFamily(agreement, family);
        if (agreement.privacy().isPresent()) {
            throw Refusals.key("Agreement '" + agreement.uid()
                    + "' has a privacy clause: its queries get keys of their own, not the noise secret.");
        }
        return Json.object("secret", StrictBase64.encode(keys.noiseSecret(family)));
    }

    private Map<String, Object> queryNoise(JsonObject question) {
        question.onlyMembers(
                Set.of("id", "op", "jobId", "agreement", "signatures", "family", "query", "rhoMicros", "deltaPicos"));
        String family = question.string("family");
        Agreement agreement = agreements.verified(question);
        agreements.requireFamily(agreement, family);
        QueryCost cost = new QueryCost(question.longValue("rhoMicros"), question.longValue("deltaPicos"));
        byte[] key = budgets.key(agreement, family, question.string("query"), cost);
        return Json.object("key", StrictBase64.encode(key));
    }

    private Map<String, Object> guardKey(JsonObject question) {
        question.onlyMembers(Set.of("id", "op", "jobId", "agreement", "signatures", "family"));
        String family = question.string("family");
        agreements.requireFamily(agreements.verified(question), family);
        return Json.object("key", StrictBase64.encode(keys.guardKey(family)));
    }

    /** A chain that is shorter than one shown before lost entries; the engine compares the rest. */
    private Map<String, Object> guardSeen(JsonObject question) {
        question.onlyMembers(Set.of("id", "op", "jobId", "agreement", "signatures", "family", "entries", "head"));
        String family = question.string("family");
        agreements.requireFamily(agreements.verified(question), family);
        long entries = question.longValue("entries");
        String head = question.string("head");
        if (entries < 0 || !ContentDigest.isDigest(head)) {
            throw new JsonException("Members 'entries' and 'head' must be those of a guard's chain.");
        }
        GuardHead before = keys.guardSeen(family, new GuardHead(entries, head));
        return Json.object("entries", before.entries(), "head", before.head());
    }

    private static Map<String, byte[]> wrappedByColumn(JsonObject question) {
        Map<String, byte[]> wrapped = new LinkedHashMap<>();
        List<JsonObject> columns = question.objects("columns");
        for (JsonObject column : columns) {
            column.onlyMembers(Set.of("name", "wrapped"));
            wrapped.put(column.string("name"), StrictBase64.decode(column.string("wrapped"), "A wrapped key"));
        }
        requireColumns(columns.stream().map(c -> c.string("name")).toList());
        return wrapped;
    }

    private static void requireColumns(List<String> columns) {
        if (columns.isEmpty()
                || columns.size() > MAX_COLUMNS
                || columns.stream().anyMatch(c -> c.isEmpty() || c.length() > MAX_NAME)
                || new HashSet<>(columns).size() != columns.size()) {
            throw new JsonException("Member 'columns' must name 1 to " + MAX_COLUMNS + " different columns.");
        }
    }
}
