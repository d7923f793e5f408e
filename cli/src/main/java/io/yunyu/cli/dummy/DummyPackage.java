package io.yunyu.cli.dummy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * What a dry run needs, in one zip file: the agreement's text, the grant compiled from it, and a made-up table as CSV
 * for each dataset. Anybody may look into it; nothing in it is of a real record.
 */
public final class DummyPackage {
    private static final String TYPE = "DummyPackage/1";
    private static final String INDEX = "package.json";
    private static final int MOST_INDEX_BYTES = 4 << 20;
    /** Equal arguments give equal bytes: no clock in it. */
    private static final long NO_TIME = 315_532_800_000L;

    private final Path file;
    private final JsonObject index;

    private DummyPackage(Path file, JsonObject index) {
        this.file = file;
        this.index = index;
    }

    /** Writes one table as CSV, without a grant: to look at, or for other programs. */
    public static void writeCsv(Path file, DummyDataset dataset, long rows, long seed, QueryHints hints)
            throws IOException {
        whole(file, out -> table(out, dataset, rows, seed, hints));
    }

    /** Writes a package; an existing file is replaced once the new one is complete. */
    public static void write(
            Path file,
            String agreement,
            String grant,
            List<DummyDataset> datasets,
            long rows,
            long seed,
            QueryHints hints)
            throws IOException {
        whole(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            entry(zip, INDEX);
            zip.write(Json.bytes(Json.object(
                    "@type",
                    TYPE,
                    "fictional",
                    true,
                    "rows",
                    rows,
                    "seed",
                    seed,
                    "agreement",
                    agreement,
                    "grant",
                    grant,
                    "tables",
                    datasets.stream().map(DummyDataset::toJson).toList())));
            for (DummyDataset dataset : datasets) {
                entry(zip, dataset.id() + ".csv");
                table(zip, dataset, rows, seed, hints);
            }
            zip.finish();
        });
    }

    /** @throws ProblemException if the file is no package of dummy data */
    public static DummyPackage open(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            ZipEntry entry = zip.getEntry(INDEX);
            if (entry == null) {
                throw noPackage(file);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                byte[] bytes = in.readNBytes(MOST_INDEX_BYTES);
                JsonObject index = Json.parseObject(bytes)
                        .onlyMembers(Set.of("@type", "fictional", "rows", "seed", "agreement", "grant", "tables"));
                if (!index.string("@type").equals(TYPE)) {
                    throw noPackage(file);
                }
                return new DummyPackage(file, index);
            }
        } catch (ZipException | JsonException e) {
            throw noPackage(file);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "The file cannot be read: " + file);
        }
    }

    public Agreement agreement() {
        return Agreement.parse(index.string("agreement"));
    }

    public String agreementText() {
        return index.string("agreement");
    }

    public AccessGrant grant() {
        return AccessGrant.parse(index.string("grant"));
    }

    /** Unpacks the tables into a directory, and describes them to a dry run. */
    public List<Map<String, Object>> unpack(Path directory) throws IOException {
        List<Map<String, Object>> tables = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            for (JsonObject table : index.objects("tables")) {
                ZipEntry entry = zip.getEntry(table.string("dataset") + ".csv");
                if (entry == null) {
                    throw noPackage(file);
                }
                // A name of our own: what a package calls its files leads nowhere.
                Path csv = directory.resolve("table-" + tables.size() + ".csv");
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, csv);
                }
                Map<String, Object> described = new java.util.LinkedHashMap<>(table.asMap());
                described.put("csv", csv.toString());
                tables.add(described);
            }
        }
        return tables;
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void whole(Path file, Content content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                content.writeTo(out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void entry(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(NO_TIME);
        zip.putNextEntry(entry);
    }

    private static void table(OutputStream out, DummyDataset dataset, long rows, long seed, QueryHints hints)
            throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        new DummyTable(dataset, seed, hints).write(rows, writer);
        writer.flush();
    }

    private static ProblemException noPackage(Path file) {
        return new ProblemException(
                ProblemCode.BAD_REQUEST,
                "The file is no package of dummy data: " + file
                        + ". Make one with `yunyu dummy --agreement ID --output FILE`.");
    }
}
