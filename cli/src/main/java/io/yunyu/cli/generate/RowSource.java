package io.yunyu.cli.generate;

import java.io.IOException;

/** The rows of one table, each computed from its index alone. */
interface RowSource {
    /** How many indices there are; one index gives no, one or several rows. */
    long units();

    /** The defects that may be planted. */
    DirtRule[] dirtRules();

    /** Writes the rows of one index. */
    void write(long unit, RowSink sink) throws IOException;
}
