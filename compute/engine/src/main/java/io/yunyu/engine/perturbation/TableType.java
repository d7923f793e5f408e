package io.yunyu.engine.perturbation;

/** Which cells a perturbation table serves. */
public enum TableType {
    /** Every cell. */
    ALL,
    /** Cells with an even number of contributors. */
    EVEN,
    /** Cells with an odd number of contributors. */
    ODD,
    /** Magnitude cells whose noise would be too small to protect when scaled by their contributions. */
    SMALL_CELLS
}
