package io.yunyu.cli.generate;

/** One kind of defect in one column, and how often per 100,000 rows. */
record DirtRule(DirtKind kind, String column, int per100000) {
    /** The column of a defect that concerns the whole row. */
    static final String WHOLE_ROW = "";
}
