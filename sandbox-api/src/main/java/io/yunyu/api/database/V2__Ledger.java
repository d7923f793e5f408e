package io.yunyu.api.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/** The ledger's own tables, from the ledger's own resource. */
@Component
class V2__Ledger extends BaseJavaMigration {
    private static final String RESOURCE = "/db/ledger.sql";

    @Override
    public void migrate(Context context) throws Exception {
        try (InputStream in = V2__Ledger.class.getResourceAsStream(RESOURCE);
                Statement statement = context.getConnection().createStatement()) {
            if (in == null) {
                throw new IOException("The ledger's schema is not on the class path.");
            }
            statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
