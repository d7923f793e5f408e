package io.yunyu.engine.primary;

/**
 * The pq rule: a cell is unsafe if a coalition of contributors, who knew every other contribution to within q percent
 * before, can estimate one to within p percent afterwards. With q = 100 and one attacker it is the p% rule:
 * X - x1 - x2 &lt; p/100 x1.
 *
 * @param p percent, above 0 and at most q
 * @param q percent, at most 100
 * @param coalition contributors who pool what they know, 1 to 10
 */
public record PriorPosteriorRule(double p, double q, int coalition) {
    public PriorPosteriorRule {
        if (!(p > 0 && p <= q && q <= 100) || coalition < 1 || coalition > 10) {
            throw new IllegalArgumentException("The prior-posterior rule has p=" + p + ", q=" + q + ", coalition="
                    + coalition + ", but must have 0 < p <= q <= 100 and a coalition of 1..10. The p% rule has q=100.");
        }
    }

    /** The p% rule against a single attacker. */
    public static PriorPosteriorRule pPercent(double p) {
        return new PriorPosteriorRule(p, 100, 1);
    }

    /** Whether the rule flags the cell; what it protects is the largest contribution whose unit does not waive. */
    public boolean isUnsafe(Contributions cell) {
        return excess(cell) > 0;
    }

    /** How far above its value the cell must at least remain uncertain; 0 for a safe cell. */
    public double protectionLevel(Contributions cell) {
        return Math.max(0, excess(cell) / q);
    }

    private double excess(Contributions cell) {
        double own = cell.largestProtected();
        return own == 0 ? 0 : p * own + q * (own + cell.largestOthers(coalition) - cell.total());
    }
}
