package io.yunyu.engine.suppression;

/** Even with every cell withheld that may be, an attacker could estimate one of them too closely. */
public final class InfeasibleSuppressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int cell;

    public InfeasibleSuppressionException(int cell) {
        super("Cell " + cell + " cannot be protected as demanded, even if every cell is withheld that may be."
                + " Lower its protection level, merge categories, or allow more cells to be withheld.");
        this.cell = cell;
    }

    /** The cell that cannot be protected. */
    public int cell() {
        return cell;
    }
}
