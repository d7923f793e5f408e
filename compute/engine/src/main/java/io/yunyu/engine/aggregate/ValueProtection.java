package io.yunyu.engine.aggregate;

import io.yunyu.engine.aggregate.CellProtection.Outcome;

/** Decides what is published of the cells of a table. */
interface ValueProtection {
    /** Whether the cell has enough units to be told from an empty one. */
    boolean reachesThreshold(Cell cell);

    Outcome value(CellPlan.Value value, Cell cell);
}
