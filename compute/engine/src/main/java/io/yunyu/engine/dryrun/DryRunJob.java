package io.yunyu.engine.dryrun;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a dry run is told.
 *
 * @param grant text of the access grant
 * @param agreement canonical text of the agreement that the grant was compiled from
 * @param tables made-up tables; none if only hints are asked for
 */
public record DryRunJob(String sql, String grant, String agreement, List<Table> tables) {
    public DryRunJob {
        tables = List.copyOf(tables);
    }

    /** A made-up table: a CSV file and how the catalog describes the dataset that it stands for. */
    public record Table(String dataset, Path csv, String unitColumn, List<AttributeSpec> attributes) {
        public Table {
            attributes = List.copyOf(attributes);
        }

        private static Table parse(JsonObject json) {
            json.onlyMembers(Set.of("dataset", "csv", "unitColumn", "attributes"));
            return new Table(
                    json.string("dataset"),
                    Path.of(json.string("csv")),
                    json.string("unitColumn"),
                    json.objects("attributes").stream()
                            .map(AttributeSpec::parse)
                            .toList());
        }
    }

    /** @throws io.yunyu.contract.json.JsonException if it is no such job, or its grant is none */
    public static DryRunJob parse(JsonObject json) {
        json.onlyMembers(Set.of("what", "sql", "grant", "agreement", "tables"));
        AccessGrant.parse(json.string("grant"));
        return new DryRunJob(
                json.string("sql"),
                json.string("grant"),
                json.string("agreement"),
                json.objects("tables").stream().map(Table::parse).toList());
    }
}
