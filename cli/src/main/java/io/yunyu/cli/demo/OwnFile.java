package io.yunyu.cli.demo;

import io.yunyu.cli.client.InputFile;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The user's own file as table {@code input}: every column but the unit granted for grouping and filtering, numeric ones also as measures. */
final class OwnFile implements DemoData {
    private static final String DATASET = "input";
    private static final Set<String> NUMERIC = Set.of("LONG", "DOUBLE", "DECIMAL");

    private final Path file;
    private final DemoOptions options;

    OwnFile(Path file, DemoOptions options) {
        this.file = file.toAbsolutePath().normalize();
        this.options = options;
    }

    @Override
    public void prepare(Path inbox) {
        // The file stays where it is: its directory is one of the inboxes.
    }

    @Override
    public List<Path> inboxes() {
        return List.of(file.getParent());
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET);
    }

    @Override
    public List<IngestOrder> orders(String provider, String providerKey) {
        return List.of(new IngestOrder(
                DATASET,
                "用户自有文件",
                "The user's own file",
                provider,
                providerKey,
                DATASET,
                options.unit(),
                "CONDITIONAL",
                "ORIGINAL",
                LocalDate.now(),
                true,
                true,
                source(),
                List.of()));
    }

    private Source source() {
        String name = file.getFileName().toString();
        if (name.endsWith(".parquet")) {
            return new Source.Parquet(name);
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return new Source.JsonLines(name);
        }
        return new Source.Csv(name, options.delimiter());
    }

    @Override
    public List<Permission> permissions(Function<String, JsonObject> dataset) {
        Map<String, Set<ColumnUse>> columns = new LinkedHashMap<>();
        for (JsonObject attribute : dataset.apply(DATASET).objects("attributes")) {
            String name = attribute.string("name");
            if (!name.equals(options.unit())) {
                EnumSet<ColumnUse> uses = EnumSet.of(ColumnUse.GROUP_BY, ColumnUse.FILTER);
                if (NUMERIC.contains(attribute.string("type").replaceAll("\\(.*", ""))) {
                    uses.add(ColumnUse.MEASURE);
                }
                columns.put(name, uses);
            }
        }
        return List.of(new Permission(DATASET, columns));
    }

    @Override
    public String query() {
        return InputFile.text(options.query());
    }

    @Override
    public Path evidenceSource() {
        return file;
    }
}
