package io.yunyu.cli.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Rows of RFC 4180 CSV in a byte buffer: comma, line feed, UTF-8. One row is at most {@value #ROW_BYTES} bytes. */
final class Csv {
    private static final int ROW_BYTES = 4096;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int FIRST_DAY = (int) LocalDate.of(1900, 1, 1).toEpochDay();
    /** All days of 1900 to 2029 as yyyy-MM-dd, one after the other. */
    static final byte[] DAYS = days(LocalDate.of(2030, 1, 1));

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES + 2 * ROW_BYTES];
    private final byte[] digits = new byte[20];
    private int end;
    private int rowStart;

    Csv(OutputStream out) {
        this.out = out;
    }

    /** A field as its file shows it: quoted if it holds a comma, a quote or a line break. */
    static byte[] field(String text) {
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        String shown = quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
        return shown.getBytes(StandardCharsets.UTF_8);
    }

    Csv text(byte[] field) {
        return piece(field, field.length).comma();
    }

    /** Part of a field: further pieces follow before {@link #comma}. */
    Csv piece(byte[] bytes, int length) {
        return piece(bytes, 0, length);
    }

    Csv piece(byte[] bytes, int offset, int length) {
        System.arraycopy(bytes, offset, buffer, end, length);
        end += length;
        return this;
    }

    Csv comma() {
        buffer[end++] = ',';
        return this;
    }

    /** Part of a field: a number that is not negative, with leading zeros up to {@code width}. */
    Csv padded(long value, int width) {
        int start = digits.length;
        long rest = value;
        while (rest > 0 || digits.length - start < width) {
            digits[--start] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        System.arraycopy(digits, start, buffer, end, digits.length - start);
        end += digits.length - start;
        return this;
    }

    Csv number(long value) {
        return padded(value, 1).comma();
    }

    /** A decimal with two places. */
    Csv cents(long cents) {
        padded(cents / 100, 1);
        buffer[end++] = '.';
        return padded(cents % 100, 2).comma();
    }

    /** A day of 1900 to 2029 as yyyy-MM-dd. */
    Csv day(int epochDay) {
        System.arraycopy(DAYS, dayOffset(epochDay), buffer, end, 10);
        end += 10;
        return comma();
    }

    static int dayOffset(int epochDay) {
        return (epochDay - FIRST_DAY) * 10;
    }

    /** Ends the row: the comma after its last field becomes the line end. */
    void endRow() throws IOException {
        buffer[end - 1] = '\n';
        if (end > BUFFER_BYTES) {
            flush();
        }
        rowStart = end;
    }

    /** Ends the row and writes it twice. */
    void endRowTwice() throws IOException {
        buffer[end - 1] = '\n';
        int length = end - rowStart;
        System.arraycopy(buffer, rowStart, buffer, end, length);
        end += length;
        endRow();
    }

    void flush() throws IOException {
        out.write(buffer, 0, end);
        end = 0;
        rowStart = 0;
    }

    private static byte[] days(LocalDate until) {
        int count = (int) until.toEpochDay() - FIRST_DAY;
        byte[] days = new byte[count * 10];
        for (int i = 0; i < count; i++) {
            byte[] day = LocalDate.ofEpochDay(FIRST_DAY + i).toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(day, 0, days, i * 10, 10);
        }
        return days;
    }
}
