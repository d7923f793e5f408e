package io.yunyu.contract.agreement;

import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.json.Json;
import java.util.Comparator;
import java.util.Map;

/**
 * What determines a differentially private answer apart from the records: the query's text, the dataset versions, and all
 * parameters. The engine's noise is a function of it, and the budget counts it once per recipient: asked again it is the
 * same answer.
 */
public final class PrivateQuery {
    private static final String FORM = "yunyu/private-query/1";

    private PrivateQuery() {}

    /** {@code sha256:…}. Who asks is no part of it: two recipients who put their answers together have one answer. */
    public static String digest(String sql, AccessGrant grant) {
        PrivacyClause clause = grant.privacy()
                .orElseThrow(() -> new IllegalArgumentException("The grant has no clause on differential privacy."));
        return ContentDigest.of(Json.write(Json.object(
                "form", FORM,
                "sql", canonical(sql),
                "clause", clause.toJson(),
                "minUnits", grant.protection().minUnits(),
                "tables",
                        grant.tables().stream()
                                .sorted(Comparator.comparing(GrantedTable::dataset))
                                .map(PrivateQuery::version)
                                .toList())));
    }

    private static Map<String, Object> version(GrantedTable table) {
        return Json.object("name", table.name(), "dataset", table.dataset(), "version", table.tableVersion());
    }

    /**
     * The text without differences that cannot matter: runs of white space, letter case outside quotes, a semicolon at the
     * end. A text with comments stays as it is, since the end of a line ends a comment; one with backslashes too, since
     * they may hide where a quote ends.
     */
    static String canonical(String sql) {
        if (sql.contains("--") || sql.contains("/*") || sql.contains("\\")) {
            return sql;
        }
        StringBuilder out = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote != 0) {
                out.append(c);
                quote = c == quote ? 0 : quote;
            } else if (Character.isWhitespace(c)) {
                if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
            } else {
                quote = c == '\'' || c == '"' || c == '`' ? c : 0;
                out.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
            }
        }
        return out.toString().replaceAll("[ ;]+$", "");
    }
}
