package io.yunyu.vault;

import io.yunyu.contract.guard.GuardChain;
import io.yunyu.vault.crypto.ColumnKey;
import io.yunyu.vault.store.KeyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pins, column keys and family secrets as entries of the key store. */
final class DatasetKeys {
    /** The dataset of a table's refused rows is named so after it. */
    static final String PROBLEMS = ".problems";

    private final KeyStore store;

    DatasetKeys(KeyStore store) {
        this.store = store;
    }

    Optional<DatasetPin> pin(String dataset) {
        return store.get("pin/" + dataset).map(DatasetPin::parse);
    }

    /** The dataset's pin; the given one becomes it if there is none yet. */
    DatasetPin pinOr(String dataset, DatasetPin first) {
        return DatasetPin.parse(store.getOrCreate("pin/" + dataset, first::toBytes));
    }

    /** The columns' keys, made if they are missing. */
    Map<String, ColumnKey> createColumnKeys(String dataset, List<String> columns) {
        Map<String, byte[]> entries = store.getOrCreate(
                columns.stream().map(c -> columnEntry(dataset, c)).toList(), ColumnKey::random);
        Map<String, ColumnKey> keys = new LinkedHashMap<>();
        columns.forEach(c ->
                keys.put(c, new ColumnKey(entries.getOrDefault(columnEntry(dataset, c), new byte[0]), dataset, c)));
        return keys;
    }

    Optional<ColumnKey> columnKey(String dataset, String column) {
        return store.get(columnEntry(dataset, column)).map(key -> new ColumnKey(key, dataset, column));
    }

    /** Secret from which a family's unit keys are derived. */
    byte[] unitSecret(String family) {
        return store.getOrCreate("unit/" + family, ColumnKey::random);
    }

    /** Secret of a family's noise; another than the unit secret, which ingest engines know. */
    byte[] noiseSecret(String family) {
        return store.getOrCreate("noise/" + family, ColumnKey::random);
    }

    /** Secret from which the keys of differentially private queries are derived; never given out itself. */
    byte[] privacySecret(String family) {
        return store.getOrCreate("privacy/" + family, ColumnKey::random);
    }

    /** What an account was charged for the keys of queries so far. */
    SpentBudget spent(String account) {
        return store.get("privacy-spent/" + account).map(SpentBudget::parse).orElse(SpentBudget.NOTHING);
    }

    /** Whether an account was charged for a query at this cost; by vaults that kept no cost, at whatever cost. */
    boolean isPaid(String account, String query, QueryCost cost) {
        return store.get(paidEntry(account, query, cost)).isPresent()
                || store.get("privacy-paid/" + account + "/" + query).isPresent();
    }

    /** The sum first: a kill in between charges for a query that was never answered, never the other way round. */
    void pay(String account, String query, QueryCost cost) {
        store.put("privacy-spent/" + account, spent(account).plus(cost).toBytes());
        store.put(paidEntry(account, query, cost), new byte[] {1});
    }

    private static String paidEntry(String account, String query, QueryCost cost) {
        return "privacy-paid/" + account + "/" + query + "/" + cost.rhoMicros() + "/" + cost.deltaPicos();
    }

    /** Key of the records of the family's differencing guard. */
    byte[] guardKey(String family) {
        return store.getOrCreate("guard/" + family, ColumnKey::random);
    }

    /** Notes the length of a family's chain if it is longer than before, and gives the longest one before. */
    synchronized GuardHead guardSeen(String family, GuardHead shown) {
        String entry = "guard-seen/" + family;
        GuardHead before =
                store.get(entry).map(GuardHead::parse).orElseGet(() -> new GuardHead(0, GuardChain.start(family)));
        if (shown.entries() > before.entries()) {
            store.put(entry, shown.toBytes());
        }
        return before;
    }

    boolean isDestroyed(String dataset) {
        return store.get("destroyed/" + dataset).isPresent();
    }

    /** Destroys all column keys of a dataset, for good: its id cannot be used again. Gives how many there were. */
    int destroy(String dataset) {
        store.put("destroyed/" + dataset, new byte[] {1});
        return store.removeAll("column/" + dataset + "/").size()
                + store.removeAll("column/" + dataset + PROBLEMS + "/").size();
    }

    private static String columnEntry(String dataset, String column) {
        return "column/" + dataset + "/" + column;
    }
}
