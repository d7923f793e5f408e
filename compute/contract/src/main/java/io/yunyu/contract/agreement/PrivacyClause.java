package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * That answers under an agreement are differentially private, and how. Signed by both parties as part of the agreement.
 * Budget is counted in zero-concentrated differential privacy, whose costs add up: whole millionths of rho, and whole
 * trillionths (10^-12) of the delta at which a group key of few units may show.
 *
 * @param recipientRhoMicros most that the assignee may spend on the dataset family, under whatever agreement
 * @param queryRhoMicros cost of one query; a query may be asked for less
 * @param queryDeltaPicos delta of the selection of group keys in one query, most delta of a data element; 0 if all keys are
 *     public
 * @param l0 most cells of one query that a privacy unit counts in
 * @param linf most records of a privacy unit that count in one cell
 * @param bounds of the measures that may be summed, by dataset and column
 * @param keys publicly known group keys by dataset and column; every one of them is shown, others do not count
 * @param stated the same budget in epsilon and delta, where the parties agreed on that; no rho here is above what it
 *     comes to, and neither are the deltas of the recipient's queries together
 */
public record PrivacyClause(
        long recipientRhoMicros,
        long queryRhoMicros,
        long queryDeltaPicos,
        int l0,
        int linf,
        Map<String, Map<String, ClampingBounds>> bounds,
        Map<String, Map<String, List<String>>> keys,
        Optional<StatedPrivacy> stated) {
    /** One rho in millionths. */
    public static final long RHO = 1_000_000;
    /** A delta of one in trillionths. */
    public static final long DELTA = 1_000_000_000_000L;

    private static final long MOST_RHO = 100 * RHO;
    private static final int MOST_CELLS = 1_000;
    private static final int MOST_RECORDS = 1_000;
    private static final int MOST_KEYS = 100_000;
    private static final Set<String> MEMBERS =
            Set.of("recipientRhoMicros", "queryRhoMicros", "queryDeltaPicos", "l0", "linf", "bounds", "keys", "stated");

    public PrivacyClause {
        bounds = copy(bounds, b -> b);
        keys = copy(keys, List::copyOf);
        require("queryRhoMicros", queryRhoMicros, 1, MOST_RHO);
        require("recipientRhoMicros", recipientRhoMicros, queryRhoMicros, MOST_RHO);
        // Above a millionth one person in a million would have to expect to be shown.
        require("queryDeltaPicos", queryDeltaPicos, 0, DELTA / 1_000_000);
        if (stated.isPresent()) {
            require("queryRhoMicros", queryRhoMicros, 1, stated.get().queryRhoMicros());
            require("recipientRhoMicros", recipientRhoMicros, 1, stated.get().recipientRhoMicros());
            require("queryDeltaPicos", queryDeltaPicos, 0, stated.get().keysDeltaPicos());
        }
        require("l0", l0, 1, MOST_CELLS);
        require("linf", linf, 1, MOST_RECORDS);
        keys.forEach((dataset, columns) -> columns.forEach((column, values) -> {
            if (values.isEmpty()
                    || values.size() > MOST_KEYS
                    || values.stream().distinct().count() != values.size()) {
                throw new JsonException("Column '" + column + "' of dataset '" + dataset + "' must list 1 to "
                        + MOST_KEYS + " different public keys.");
            }
        }));
    }

    /** A clause that is agreed in rho alone. */
    public PrivacyClause(
            long recipientRhoMicros,
            long queryRhoMicros,
            long queryDeltaPicos,
            int l0,
            int linf,
            Map<String, Map<String, ClampingBounds>> bounds,
            Map<String, Map<String, List<String>>> keys) {
        this(recipientRhoMicros, queryRhoMicros, queryDeltaPicos, l0, linf, bounds, keys, Optional.empty());
    }

    /** Most delta of all the recipient's queries together; 10^12 where nothing is agreed on it. */
    public long recipientDeltaPicos() {
        return stated.map(StatedPrivacy::keysDeltaPicos).orElse(DELTA);
    }

    public Optional<ClampingBounds> boundsOf(String dataset, String column) {
        return Optional.ofNullable(bounds.getOrDefault(dataset, Map.of()).get(column));
    }

    public Optional<List<String>> keysOf(String dataset, String column) {
        return Optional.ofNullable(keys.getOrDefault(dataset, Map.of()).get(column));
    }

    /** The same clause for a query that spends less. @throws JsonException if it is not from 1 to {@code queryRhoMicros} */
    public PrivacyClause spending(long rhoMicros) {
        require("rhoMicros", rhoMicros, 1, queryRhoMicros);
        return new PrivacyClause(recipientRhoMicros, rhoMicros, queryDeltaPicos, l0, linf, bounds, keys, stated);
    }

    /** Whether this clause is the other one, perhaps with a cheaper query. */
    public boolean isWithin(PrivacyClause agreed) {
        return queryRhoMicros <= agreed.queryRhoMicros && equals(agreed.spending(queryRhoMicros));
    }

    Map<String, Object> toJson() {
        return Json.object(
                "recipientRhoMicros", recipientRhoMicros,
                "queryRhoMicros", queryRhoMicros,
                "queryDeltaPicos", queryDeltaPicos,
                "l0", l0,
                "linf", linf,
                "bounds", copy(bounds, b -> (Object) b.toJson()),
                "keys", keys,
                "stated", stated.map(StatedPrivacy::toJson).orElse(null));
    }

    static PrivacyClause parse(JsonObject json) {
        json.onlyMembers(MEMBERS);
        Optional<StatedPrivacy> stated =
                json.has("stated") ? Optional.of(StatedPrivacy.parse(json.object("stated"))) : Optional.empty();
        return new PrivacyClause(
                rho(json, "recipientRhoMicros", stated.map(StatedPrivacy::recipientRhoMicros)),
                rho(json, "queryRhoMicros", stated.map(StatedPrivacy::queryRhoMicros)),
                json.longValue("queryDeltaPicos"),
                json.intValue("l0"),
                json.intValue("linf"),
                columns(json.object("bounds"), (columns, name) -> ClampingBounds.parse(columns.object(name))),
                columns(json.object("keys"), JsonObject::strings),
                stated);
    }

    /** What the text says, or, if it leaves that out, what is stated in epsilon and delta comes to. */
    private static long rho(JsonObject json, String name, Optional<Long> converted) {
        return converted.isPresent() && !json.has(name) ? converted.get() : json.longValue(name);
    }

    private interface ColumnReader<T> {
        T read(JsonObject columns, String name);
    }

    private static <T> Map<String, Map<String, T>> columns(JsonObject datasets, ColumnReader<T> reader) {
        Map<String, Map<String, T>> result = new TreeMap<>();
        for (String dataset : datasets.asMap().keySet()) {
            JsonObject columns = datasets.object(dataset);
            Map<String, T> read = new TreeMap<>();
            columns.asMap().keySet().forEach(name -> read.put(name, reader.read(columns, name)));
            result.put(dataset, read);
        }
        return result;
    }

    private static <A, B> Map<String, Map<String, B>> copy(Map<String, Map<String, A>> from, Function<A, B> each) {
        Map<String, Map<String, B>> copy = new TreeMap<>();
        from.forEach((dataset, columns) -> {
            Map<String, B> inner = new TreeMap<>();
            columns.forEach((column, value) -> inner.put(column, each.apply(value)));
            copy.put(dataset, Collections.unmodifiableMap(inner));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new JsonException("Member '" + name + "' of the privacy clause is " + value + ", but must be " + least
                    + " to " + most + ".");
        }
    }
}
