package io.yunyu.program;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.DataType;

/** Types of columns, from SQL's names to the protocol's. */
final class ColumnTypes {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\(([0-9]{1,2}),([0-9]{1,2})\\)");

    private ColumnTypes() {}

    static DataType of(String name) {
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return DataType.newBuilder()
                    .setDecimal(DataType.Decimal.newBuilder()
                            .setPrecision(Integer.parseInt(decimal.group(1)))
                            .setScale(Integer.parseInt(decimal.group(2))))
                    .build();
        }
        DataType.Builder type = DataType.newBuilder();
        switch (name) {
            case "boolean" -> type.setBoolean(DataType.Boolean.getDefaultInstance());
            case "tinyint" -> type.setByte(DataType.Byte.getDefaultInstance());
            case "smallint" -> type.setShort(DataType.Short.getDefaultInstance());
            case "int" -> type.setInteger(DataType.Integer.getDefaultInstance());
            case "bigint" -> type.setLong(DataType.Long.getDefaultInstance());
            case "float" -> type.setFloat(DataType.Float.getDefaultInstance());
            case "double" -> type.setDouble(DataType.Double.getDefaultInstance());
            case "date" -> type.setDate(DataType.Date.getDefaultInstance());
            case "timestamp" -> type.setTimestamp(DataType.Timestamp.getDefaultInstance());
            case "timestamp_ntz" -> type.setTimestampNtz(DataType.TimestampNTZ.getDefaultInstance());
            default -> type.setString(DataType.String.newBuilder().setCollation("UTF8_BINARY"));
        }
        return type.build();
    }
}
