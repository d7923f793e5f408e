package io.yunyu.contract.checkpoint;

import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.JsonException;
import java.util.regex.Pattern;

/**
 * The state of a log at one size: the body of a C2SP tlog-checkpoint, three lines of text. It promises nothing by
 * itself; only a note signed by the log's key ({@link NoteKey}) does. Extension lines are refused.
 *
 * @param origin the log's name; no white space and no plus sign
 * @param size number of leaves
 * @param root base64 of the Merkle tree hash of these leaves (RFC 6962)
 */
public record Checkpoint(String origin, long size, String root) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Checkpoint {
        if (!NoteKey.NAME.matcher(origin).matches()) {
            throw new JsonException("A log's origin must be 1 to 200 characters without white space and plus signs.");
        }
        if (size < 0) {
            throw new JsonException("A checkpoint's size cannot be negative.");
        }
        StrictBase64.decode(root, 32, "A checkpoint's root");
    }

    public byte[] rootHash() {
        return StrictBase64.decode(root, 32, "A checkpoint's root");
    }

    /** Three lines, each ended by a line feed: what is signed. */
    public String toText() {
        return origin + "\n" + size + "\n" + root + "\n";
    }

    /** @throws JsonException if the text is not exactly three lines in their one form */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            throw new JsonException("A checkpoint must have three lines: origin, size and root.");
        }
        if (!SIZE.matcher(lines[1]).matches()) {
            throw new JsonException("A checkpoint's size must be a decimal number without leading zeros.");
        }
        try {
            return new Checkpoint(lines[0], Long.parseLong(lines[1]), lines[2]);
        } catch (NumberFormatException e) {
            throw new JsonException("A checkpoint's size must fit in 63 bits.");
        }
    }
}
