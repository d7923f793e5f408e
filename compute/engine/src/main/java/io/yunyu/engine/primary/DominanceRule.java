package io.yunyu.engine.primary;

/**
 * The (n,k) rule: a cell is unsafe if its n largest contributions make up more than k percent of it.
 *
 * @param n 1 to 20
 * @param k percent, above 0 and below 100
 */
public record DominanceRule(int n, double k) {
    public DominanceRule {
        if (n < 1 || n > 20 || !(k > 0 && k < 100)) {
            throw new IllegalArgumentException("The dominance rule has n=" + n + ", k=" + k
                    + ", but n must lie in 1..20 and k above 0 and below 100. A usual choice is n=2, k=85.");
        }
    }

    /** Whether the rule flags the cell. Units that waive are counted only if one that does not is among the n largest. */
    public boolean isUnsafe(Contributions cell) {
        return 100 * concentrated(cell) > k * cell.total();
    }

    /** How far above its value the cell must at least remain uncertain; 0 for a safe cell. */
    public double protectionLevel(Contributions cell) {
        return Math.max(0, 100 / k * concentrated(cell) - cell.total());
    }

    private double concentrated(Contributions cell) {
        double own = cell.largestProtected();
        return own == 0 ? 0 : own + cell.largestOthers(n - 1);
    }
}
