package io.yunyu.engine.candidate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a provider reviews: the protected table as CSV, JSON, Parquet and Arrow, the disclosure report, and what it was
 * computed from. Its digest names it in approval and release; the salt keeps anyone from guessing the table and proving
 * the guess by the digest.
 */
public final class Candidate {
    private final byte[] container;

    private Candidate(byte[] container) {
        this.container = container;
    }

    /**
     * Composes a candidate. All files are functions of the arguments.
     *
     * @param salt at least 16 fresh random bytes
     * @param tables the tables that the query read
     */
    public static Candidate of(
            String jobId,
            String sql,
            AccessGrant grant,
            List<GrantedTable> tables,
            ProtectedTable table,
            DisclosureReport report,
            byte[] salt) {
        return of(
                jobId,
                sql,
                grant,
                tables,
                Map.of(
                        "table.csv", TextTables.csv(table),
                        "table.json", TextTables.json(table),
                        "table.parquet", ParquetTable.write(table),
                        "table.arrow", ArrowTable.write(table)),
                report,
                salt);
    }

    /**
     * Composes a candidate of files that are written already.
     *
     * @param request the query, or what else was asked for
     * @param tableFiles by name, each {@code table.} and a word
     * @param salt at least 16 fresh random bytes
     */
    public static Candidate of(
            String jobId,
            String request,
            AccessGrant grant,
            List<GrantedTable> tables,
            Map<String, byte[]> tableFiles,
            DisclosureReport report,
            byte[] salt) {
        byte[] reportBytes = report.toText().getBytes(StandardCharsets.UTF_8);
        List<Map<String, Object>> datasets = tables.stream()
                .map(t -> Json.object("dataset", t.dataset(), "table", t.name(), "version", t.tableVersion()))
                .toList();
        Map<String, byte[]> files = new TreeMap<>(tableFiles);
        files.put("report.json", reportBytes);
        files.put(
                "candidate.json",
                Json.bytes(Json.object(
                        "type",
                        "Candidate/1",
                        "jobId",
                        jobId,
                        "salt",
                        Base64.getEncoder().encodeToString(salt),
                        "sql",
                        request,
                        "agreementDigest",
                        grant.agreementDigest(),
                        "datasets",
                        datasets,
                        "reportDigest",
                        digest(reportBytes))));
        return new Candidate(CanonicalContainer.write(files));
    }

    /** The container's bytes. */
    public byte[] bytes() {
        return container.clone();
    }

    /** {@code sha256:…} of the container. */
    public String digest() {
        return digest(container);
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java runtime, which must offer it.", e);
        }
    }
}
