package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One dataset version that a job may read.
 *
 * @param name the table's name in SQL
 * @param dataset the dataset's id
 * @param tableVersion version of the Delta table, fixed for the job
 * @param family dataset family: tables of one family share their privacy units
 * @param unitColumn column that identifies the privacy unit, or {@code @row} if each record is its own unit
 * @param element present if data elements may be made of it
 */
public record GrantedTable(
        String name,
        String dataset,
        long tableVersion,
        String family,
        String unitColumn,
        List<GrantedColumn> columns,
        Optional<ElementTerms> element) {
    /** Value of {@link #unitColumn} where each record is its own privacy unit. */
    public static final String ROW_UNIT = "@row";

    public GrantedTable {
        columns = List.copyOf(columns);
    }

    /** A table for queries only. */
    public GrantedTable(
            String name,
            String dataset,
            long tableVersion,
            String family,
            String unitColumn,
            List<GrantedColumn> columns) {
        this(name, dataset, tableVersion, family, unitColumn, columns, Optional.empty());
    }

    public Optional<GrantedColumn> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    Map<String, Object> toJson() {
        return Json.object(
                "name",
                name,
                "dataset",
                dataset,
                "tableVersion",
                tableVersion,
                "family",
                family,
                "unitColumn",
                unitColumn,
                "columns",
                columns.stream().map(GrantedColumn::toJson).toList(),
                "element",
                element.map(ElementTerms::toJson).orElse(null));
    }

    static GrantedTable parse(JsonObject json) {
        json.onlyMembers(Set.of("name", "dataset", "tableVersion", "family", "unitColumn", "columns", "element"));
        return new GrantedTable(
                json.string("name"),
                json.string("dataset"),
                json.longValue("tableVersion"),
                json.string("family"),
                json.string("unitColumn"),
                json.objects("columns").stream().map(GrantedColumn::parse).toList(),
                json.has("element") ? Optional.of(ElementTerms.parse(json.object("element"))) : Optional.empty());
    }
}
