package io.yunyu.program;

import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.connect.proto.DataType;

/**
 * A text that may run.
 *
 * @param schema of its answer: one struct
 */
record PlanVerdict(DataType schema) {
    /** @throws NotOffered if the guard refused the text */
    static PlanVerdict parse(JsonObject plan) {
        if (plan.has("findings")) {
            List<JsonObject> findings = plan.objects("findings");
            throw new NotOffered(findings.stream()
                    .map(f -> f.string("rule")
                            + f.optionalString("column")
                                    .map(c -> " (" + c + ")")
                                    .orElse("") + ": " + f.string("suggestion"))
                    .collect(Collectors.joining("\n", "The plan was refused.\n", "")));
        }
        DataType.Struct.Builder struct = DataType.Struct.newBuilder();
        for (JsonObject column : plan.objects("columns")) {
            struct.addFields(DataType.StructField.newBuilder()
                    .setName(column.string("name"))
                    .setDataType(ColumnTypes.of(column.string("type")))
                    .setNullable(true));
        }
        return new PlanVerdict(DataType.newBuilder().setStruct(struct).build());
    }
}
