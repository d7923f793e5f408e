package io.yunyu.anonymizer.baseline;

import io.yunyu.anonymizer.AnonymizationResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over the released rows as the baseline has it: cells joined by semicolons, each row ended by a line feed. */
final class OutputDigest {
    private OutputDigest() {}

    static String of(AnonymizationResult result) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            result.forEachReleasedRow(
                    cells -> sha256.update((String.join(";", cells) + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<List<String>> rows(AnonymizationResult result) {
        try {
            List<List<String>> rows = new ArrayList<>();
            result.forEachReleasedRow(rows::add);
            return rows;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
