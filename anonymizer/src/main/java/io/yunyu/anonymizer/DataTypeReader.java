package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.contract.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a data type: a name, or an object with a name and its parameter. */
final class DataTypeReader {
    private DataTypeReader() {}

    static DataType read(@Nullable Object json) {
        if (json instanceof String name) {
            return switch (name) {
                case "string" -> DataType.STRING;
                case "integer" -> DataType.INTEGER;
                case "decimal" -> DataType.DECIMAL;
                default ->
                    throw new InputException("dataType '" + name
                            + "' is not known; known are string, integer, decimal, and as objects date and ordered.");
            };
        }
        JsonObject object = JsonObject.of(json).onlyMembers(Set.of("type", "format", "order"));
        return switch (object.string("type")) {
            case "date" -> new DataType.Date(object.string("format"));
            case "ordered" -> new DataType.Ordered(object.strings("order"));
            default -> throw new InputException("dataType.type is not known; known are date and ordered.");
        };
    }
}
