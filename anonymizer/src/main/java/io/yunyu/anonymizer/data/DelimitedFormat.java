package io.yunyu.anonymizer.data;

/** Delimited text as RFC 4180 has it, with a chosen delimiter: fields may be quoted with {@code "}, doubled inside. */
public record DelimitedFormat(char delimiter) {
    /** What ARX writes and reads by default. */
    public static final DelimitedFormat SEMICOLON = new DelimitedFormat(';');

    public DelimitedFormat {
        if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
            throw new InputException("The delimiter cannot be a quote or a line end.");
        }
    }

    /** Quotes a cell where it must be. */
    void append(StringBuilder line, String cell) {
        boolean quote = false;
        for (int i = 0; i < cell.length() && !quote; i++) {
            char c = cell.charAt(i);
            quote = c == delimiter || c == '"' || c == '\n' || c == '\r';
        }
        if (quote) {
            line.append('"').append(cell.replace("\"", "\"\"")).append('"');
        } else {
            line.append(cell);
        }
    }
}
