package io.yunyu.cli.demo;

import io.yunyu.cli.generate.GeneratedColumn;
import io.yunyu.cli.generate.Generator;
import io.yunyu.cli.generate.Table;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Fictional persons of Yunnan and their outpatient visits; the query joins the two by the person, whose number stays encrypted. */
final class GeneratedYunnan implements DemoData {
    private static final List<Table> TABLES = List.of(Table.POP_BASE, Table.MED_OUTPATIENT);
    private static final String FAMILY = "yunnan_person";
    private static final String UNIT = "id_no";
    private static final Set<String> DIRECT = Set.of(UNIT, "name", "mdtrt_id", "household_id");
    private static final Set<String> SENSITIVE = Set.of("icd10", "fee_total", "drug_fee", "dept");
    private static final LocalDate ACQUIRED = LocalDate.of(2026, 10, 31);

    private static final String QUERY =
            """
            SELECT v.prefecture, p.sex, count(*) AS visits, count(DISTINCT v.id_no) AS patients,
                   round(avg(v.fee_total), 2) AS mean_fee
            FROM med_outpatient v JOIN pop_base p ON v.id_no = p.id_no
            WHERE p.ethnic IN ('独龙族', '傈僳族', '怒族', '藏族', '纳西族')
            GROUP BY v.prefecture, p.sex
            ORDER BY visits DESC
            """;

    private final DemoOptions options;

    GeneratedYunnan(DemoOptions options) {
        this.options = options;
    }

    @Override
    public void prepare(Path inbox) throws IOException {
        for (Table table : TABLES) {
            Generator.write(
                    table,
                    options.persons(),
                    options.seed(),
                    true,
                    inbox.resolve(fileOf(table)),
                    inbox.resolve(idOf(table) + ".dirt.csv"),
                    (rows, done, total) -> {});
        }
    }

    @Override
    public List<Path> inboxes() {
        return List.of();
    }

    @Override
    public List<IngestOrder> orders(String provider, String providerKey) {
        return TABLES.stream().map(table -> order(table, provider, providerKey)).toList();
    }

    @Override
    public List<String> datasets() {
        return TABLES.stream().map(GeneratedYunnan::idOf).toList();
    }

    private static IngestOrder order(Table table, String provider, String providerKey) {
        boolean visits = table == Table.MED_OUTPATIENT;
        return new IngestOrder(
                idOf(table),
                visits ? "门诊就诊记录（合成）" : "人口基础信息（合成）",
                visits ? "Outpatient visits (synthetic)" : "Population base (synthetic)",
                provider,
                providerKey,
                FAMILY,
                UNIT,
                // Declared open on conditions here; a real record table of 不予开放 would first be reclassified (第三十二条).
                "CONDITIONAL",
                "ORIGINAL",
                ACQUIRED,
                true,
                true,
                new Source.Csv(fileOf(table), ","),
                table.columns().stream().map(GeneratedYunnan::attribute).toList());
    }

    private static AttributeSpec attribute(GeneratedColumn column) {
        AttributeRole role = DIRECT.contains(column.name())
                ? AttributeRole.DIRECT_IDENTIFIER
                : SENSITIVE.contains(column.name()) ? AttributeRole.SENSITIVE : AttributeRole.QUASI_IDENTIFIER;
        int grade = role == AttributeRole.SENSITIVE ? 4 : role == AttributeRole.DIRECT_IDENTIFIER ? 3 : 2;
        AttributeSpec plain = new AttributeSpec(
                column.name(),
                column.type(),
                role,
                grade,
                column.identifier(),
                column.required(),
                column.titleZh(),
                column.titleEn());
        return column.dimension().map(plain::with).orElse(plain);
    }

    @Override
    public List<Permission> permissions(Function<String, JsonObject> dataset) {
        Set<ColumnUse> dimension = EnumSet.of(ColumnUse.GROUP_BY, ColumnUse.FILTER);
        Map<String, Set<ColumnUse>> visits = new LinkedHashMap<>();
        for (String column : List.of("prefecture", "dept", "sex", "age_band", "visit_date", "insutype")) {
            visits.put(column, dimension);
        }
        visits.put("fee_total", EnumSet.of(ColumnUse.MEASURE));
        visits.put("drug_fee", EnumSet.of(ColumnUse.MEASURE));
        visits.put(UNIT, EnumSet.of(ColumnUse.JOIN_KEY));
        Map<String, Set<ColumnUse>> persons = new LinkedHashMap<>();
        for (String column : List.of("prefecture", "reside_area", "sex", "ethnic", "edu", "marital")) {
            persons.put(column, dimension);
        }
        persons.put(UNIT, EnumSet.of(ColumnUse.JOIN_KEY));
        return List.of(
                new Permission(idOf(Table.MED_OUTPATIENT), visits), new Permission(idOf(Table.POP_BASE), persons));
    }

    @Override
    public String query() {
        return QUERY;
    }

    @Override
    public Path evidenceSource() {
        return Path.of(fileOf(Table.POP_BASE));
    }

    private static String idOf(Table table) {
        return table.tableName();
    }

    private static String fileOf(Table table) {
        return idOf(table) + ".csv";
    }
}
