package io.yunyu.system.egress;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Every value of every row of a database as it is read: PostgreSQL's files hold long ones compressed. */
public final class DatabaseRows {
    private static final String TABLES =
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
                    + " where schemaname not in ('pg_catalog', 'information_schema') order by 1";

    private DatabaseRows() {}

    /** @return the number of rows */
    public static int leave(Connection database) throws SQLException, IOException {
        int count = 0;
        for (String table : tables(database)) {
            try (Statement statement = database.createStatement();
                    ResultSet rows = statement.executeQuery("select * from " + table)) {
                OutputStream out = Egress.stream("rows of " + table);
                while (rows.next()) {
                    count++;
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        out.write(value(rows, i));
                        out.write('\n');
                    }
                }
            }
        }
        return count;
    }

    private static byte[] value(ResultSet rows, int column) throws SQLException {
        if (rows.getMetaData().getColumnType(column) == Types.BINARY) {
            byte[] bytes = rows.getBytes(column);
            return bytes == null ? new byte[0] : bytes;
        }
        String text = rows.getString(column);
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> tables(Connection database) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
