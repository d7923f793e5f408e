package io.yunyu.contract.agreement;

/** What an agreement may let a developer do with a column. A column with no use is hidden: not even readable. */
public enum ColumnUse {
    /** Bare in GROUP BY, or in an allow-listed calendar function there. */
    GROUP_BY,
    /** Bare inside an allowed aggregate function. */
    MEASURE,
    /** Compared with literals in WHERE. */
    FILTER,
    /** Compared with another join key of the same dataset family in an inner equi-join. */
    JOIN_KEY
}
