package io.yunyu.anonymizer.parquet;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The values of one Parquet column as text, each distinct one converted once. */
final class ColumnText {
    private static final String NULL = "NULL";
    private static final int NO_CODE = -1;

    /** How a value is taken from a reader; its result is compared by equals. */
    private interface Raw {
        Object from(ColumnReader reader);
    }

    private final Column.Builder builder;
    private final Raw raw;
    private final Function<Object, String> text;
    private final Map<Object, Integer> codeOf = new HashMap<>();
    private int[] codeOfId = new int[0];
    private boolean hasIds;

    private ColumnText(String column, Raw raw, Function<Object, String> text) {
        this.builder = new Column.Builder(column);
        this.raw = raw;
        this.text = text;
    }

    /** @throws InputException if the field is nested, or its values have no text */
    static ColumnText of(String file, Type field) {
        String where = file + ", column '" + field.getName() + "'";
        if (!field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED)) {
            throw new InputException(
                    where + ": it is nested; only flat columns can be anonymized. Select its parts into"
                            + " columns of their own first.");
        }
        PrimitiveType type = field.asPrimitiveType();
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        ColumnText column =
                switch (type.getPrimitiveTypeName()) {
                    case BOOLEAN -> new ColumnText(field.getName(), ColumnReader::getBoolean, String::valueOf);
                    case INT32 -> whole(field.getName(), ColumnReader::getInteger, logical);
                    case INT64 -> whole(field.getName(), ColumnReader::getLong, logical);
                    case FLOAT -> new ColumnText(field.getName(), ColumnReader::getFloat, ColumnText::floating);
                    case DOUBLE -> new ColumnText(field.getName(), ColumnReader::getDouble, ColumnText::floating);
                    case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(field.getName(), logical, where);
                    case INT96 -> null;
                };
        if (column == null) {
            throw new InputException(where + ": values of type " + type.getPrimitiveTypeName()
                    + (logical == null ? "" : " (" + logical + ")")
                    + " have no text here; cast it to string, number, date or boolean first.");
        }
        return column;
    }

    private static @Nullable ColumnText whole(String name, Raw raw, @Nullable LogicalTypeAnnotation logical) {
        Function<Object, String> text;
        if (logical == null) {
            text = String::valueOf;
        } else if (logical instanceof IntLogicalTypeAnnotation annotation) {
            text = annotation.isSigned()
                    ? String::valueOf
                    : value -> value instanceof Integer i
                            ? Integer.toUnsignedString(i)
                            : Long.toUnsignedString((Long) value);
        } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            text = value -> BigDecimal.valueOf(((Number) value).longValue(), decimal.getScale())
                    .toPlainString();
        } else if (logical instanceof DateLogicalTypeAnnotation) {
            text = value -> LocalDate.ofEpochDay(((Number) value).longValue()).toString();
        } else if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            text = value -> instant((Long) value, timestamp);
        } else {
            return null;
        }
        return new ColumnText(name, raw, text);
    }

    private static String instant(long value, TimestampLogicalTypeAnnotation timestamp) {
        long perSecond = timestamp.getUnit() == TimeUnit.MILLIS
                ? 1_000
                : timestamp.getUnit() == TimeUnit.MICROS ? 1_000_000 : 1_000_000_000;
        Instant instant = Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond));
        return timestamp.isAdjustedToUTC()
                ? instant.toString()
                : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    private static @Nullable ColumnText bytes(String name, @Nullable LogicalTypeAnnotation logical, String where) {
        Raw copy = reader -> reader.getBinary().copy();
        if (logical instanceof StringLogicalTypeAnnotation || logical instanceof EnumLogicalTypeAnnotation) {
            return new ColumnText(name, copy, value -> utf8(((Binary) value).toByteBuffer(), where));
        } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            return new ColumnText(
                    name, copy, value -> new BigDecimal(new BigInteger(((Binary) value).getBytes()), decimal.getScale())
                            .toPlainString());
        }
        return null;
    }

    private static String utf8(ByteBuffer bytes, String where) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new InputException(where + ": a value is not valid UTF-8.", e);
        }
    }

    private static String floating(Object value) {
        double number = ((Number) value).doubleValue();
        // The shortest text that reads back as the same number, without an exponent.
        return Double.isFinite(number) ? new BigDecimal(value.toString()).toPlainString() : value.toString();
    }

    /** What follows has a dictionary of its own. */
    void beginChunk() {
        hasIds = true;
        Arrays.fill(codeOfId, NO_CODE);
    }

    void add(ColumnReader reader) {
        int id = id(reader);
        if (id < 0) {
            builder.addCode(code(reader));
            return;
        }
        if (id >= codeOfId.length) {
            int known = codeOfId.length;
            codeOfId = Arrays.copyOf(codeOfId, Math.max(id + 1, 2 * known));
            Arrays.fill(codeOfId, known, codeOfId.length, NO_CODE);
        }
        if (codeOfId[id] == NO_CODE) {
            codeOfId[id] = code(reader);
        }
        builder.addCode(codeOfId[id]);
    }

    /** The value's place in the chunk's dictionary; negative once values stand for themselves, as from some page on they may. */
    private int id(ColumnReader reader) {
        if (hasIds) {
            try {
                return reader.getCurrentValueDictionaryID();
            } catch (UnsupportedOperationException e) {
                hasIds = false;
            }
        }
        return NO_CODE;
    }

    private int code(ColumnReader reader) {
        Object value = raw.from(reader);
        Integer code = codeOf.get(value);
        if (code == null) {
            code = builder.codeOf(text.apply(value));
            codeOf.put(value, code);
        }
        return code;
    }

    void addNull() {
        builder.addCode(builder.codeOf(NULL));
    }

    Column build() {
        return builder.build();
    }
}
