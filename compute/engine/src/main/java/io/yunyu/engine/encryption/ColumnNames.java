package io.yunyu.engine.encryption;

/**
 * Names of columns inside files. Delta refuses spaces and Parquet reads dots as paths; both are escaped by {@code %20}
 * and {@code %2E}, which no declared name contains. Keys, grants and queries know the declared name only.
 */
public final class ColumnNames {
    /** The privacy unit's key: first eight bytes of an HMAC. */
    public static final String UNIT = "__unit";

    public static final String FOOTER = "__footer";
    public static final String LOG = "__log";

    private ColumnNames() {}

    /** The name in the file for a declared name. */
    public static String physical(String declared) {
        return declared.replace(" ", "%20").replace(".", "%2E");
    }

    /** The declared name for a name in the file. */
    public static String declared(String physical) {
        return physical.replace("%20", " ").replace("%2E", ".");
    }
}
