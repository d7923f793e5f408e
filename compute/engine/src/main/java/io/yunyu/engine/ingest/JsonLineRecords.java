package io.yunyu.engine.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records in a piece of JSON lines. Blank lines are no records; a line that is not one object is flagged. */
final class JsonLineRecords implements Iterator<SourceRecord> {
    static final String NOT_JSON = "NOT_JSON";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final byte[] bytes;
    private final int width;
    private final Map<String, Integer> index = new HashMap<>();
    private int at;

    JsonLineRecords(byte[] bytes, List<String> columns) {
        this.bytes = bytes;
        this.width = columns.size();
        for (String column : columns) {
            index.put(column, index.size());
        }
        skipBlankLines();
    }

    @Override
    public boolean hasNext() {
        return at < bytes.length;
    }

    @Override
    public SourceRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        @Nullable String[] fields = new String[width];
        String malformed = null;
        try {
            eachMember((name, value) -> {
                Integer i = index.get(name);
                if (i != null) {
                    fields[i] = value == null || value.isEmpty() ? null : value;
                }
            });
        } catch (IOException e) {
            malformed = NOT_JSON;
        }
        skipBlankLines();
        return new SourceRecord(fields, malformed);
    }

    /** Adds the names of all members, until there are {@code max}; lines that are no objects add none. */
    void collectNames(Set<String> names, int max) {
        while (hasNext() && names.size() < max) {
            try {
                eachMember((name, value) -> names.add(name));
            } catch (IOException flaggedLater) {
                // next() reports the line as a problem; its names are not columns.
                continue;
            } finally {
                skipBlankLines();
            }
        }
    }

    private interface Member {
        void is(String name, @Nullable String value);
    }

    private void eachMember(Member member) throws IOException {
        int start = at;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        int length = at - start;
        at++;
        try (JsonParser parser = FACTORY.createParser(bytes, start, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                member.is(name, value(parser, parser.nextToken()));
            }
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
        }
    }

    private static @Nullable String value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NULL -> null;
            case START_OBJECT, START_ARRAY -> MAPPER.readTree(parser).toString();
            default -> parser.getText();
        };
    }

    private void skipBlankLines() {
        while (at < bytes.length && bytes[at] <= ' ') {
            at++;
        }
    }
}
