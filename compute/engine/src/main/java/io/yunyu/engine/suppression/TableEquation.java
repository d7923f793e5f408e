package io.yunyu.engine.suppression;

/** One additive relation of a table: the signed values of some cells add up to 0, such as parts minus their total. */
public final class TableEquation {
    final int[] cells;
    final int[] signs;

    private TableEquation(int[] cells, int[] signs) {
        this.cells = cells;
        this.signs = signs;
    }

    /** A total and the parts that add up to it. */
    public static TableEquation total(int total, int... parts) {
        int[] cells = new int[parts.length + 1];
        int[] signs = new int[parts.length + 1];
        cells[0] = total;
        signs[0] = -1;
        for (int k = 0; k < parts.length; k++) {
            cells[k + 1] = parts[k];
            signs[k + 1] = 1;
        }
        return new TableEquation(cells, signs);
    }

    /** The cells of the relation, the total first. */
    public int[] cells() {
        return cells.clone();
    }

    /** What the signed values of a full table add up to. */
    double residual(double[] values) {
        double sum = 0;
        for (int k = 0; k < cells.length; k++) {
            sum += signs[k] * values[cells[k]];
        }
        return sum;
    }
}
