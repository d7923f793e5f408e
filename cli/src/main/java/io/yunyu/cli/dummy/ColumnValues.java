package io.yunyu.cli.dummy;

/** The values of one column of a made-up table, each computed from unit and record alone. */
interface ColumnValues {
    String MISSING = "";

    /** @return the value as a CSV file spells it, unquoted; {@value #MISSING} if it is missing */
    String of(long unit, long record);
}
