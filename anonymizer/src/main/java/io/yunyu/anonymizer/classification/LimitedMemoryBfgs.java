package io.yunyu.anonymizer.classification;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Finds the minimum of a smooth, strictly convex function from 0 on, by its gradients alone (limited-memory BFGS, Nocedal and
 * Wright 2006, Numerical Optimization, algorithm 7.5). Nothing is drawn at random: the same function gives the same steps.
 */
final class LimitedMemoryBfgs {
    /** Steps remembered. */
    private static final int MEMORY = 10;

    /** Part of the decrease promised by the gradient that a step must keep (Armijo). */
    private static final double KEPT = 1e-4;

    /** Part of a value that rounding may hide. */
    private static final double ROUNDING = 1e-11;

    private static final int MOST_HALVINGS = 40;

    private final Function function;
    private final double[] curvatures;
    private final double tolerance;
    private final Deque<Step> steps = new ArrayDeque<>();

    interface Function {
        /** The value at a place; writes its derivatives into {@code gradient}. */
        double at(double[] place, double[] gradient);
    }

    /** @param isReached whether no derivative exceeds the tolerance there */
    record Minimum(double[] at, boolean isReached) {}

    /** Where a step led, and how the gradient changed; {@code product} of both, positive. */
    private record Step(double[] move, double[] change, double product) {}

    /**
     * @param curvatures about the second derivatives, positive; the better, the fewer steps
     * @param tolerance what no derivative may exceed
     */
    LimitedMemoryBfgs(Function function, double[] curvatures, double tolerance) {
        this.function = function;
        this.curvatures = curvatures.clone();
        this.tolerance = tolerance;
    }

    Minimum minimize(int mostSteps) {
        double[] at = new double[curvatures.length];
        double[] gradient = new double[at.length];
        double value = function.at(at, gradient);
        for (int step = 0; step < mostSteps && !isSmall(gradient); step++) {
            double[] direction = direction(gradient);
            double slope = product(direction, gradient);
            double[] next = new double[at.length];
            double[] nextGradient = new double[at.length];
            double length = 1;
            double nextValue = move(at, direction, length, next, nextGradient);
            int halvings = 0;
            while (!isDescent(nextValue - value, length, slope, product(direction, nextGradient), value)
                    && halvings++ < MOST_HALVINGS) {
                length /= 2;
                nextValue = move(at, direction, length, next, nextGradient);
            }
            if (halvings > MOST_HALVINGS) {
                break;
            }
            remember(at, next, gradient, nextGradient);
            at = next;
            gradient = nextGradient;
            value = nextValue;
        }
        return new Minimum(at, isSmall(gradient));
    }

    /**
     * Whether a step leads down far enough. Where rounding hides by how much, the slope at its end tells: on a quadratic
     * function that is the same (Hager and Zhang 2005, approximate Wolfe conditions).
     */
    private static boolean isDescent(double change, double length, double slope, double slopeAtEnd, double value) {
        return change <= KEPT * length * slope
                || change <= ROUNDING * Math.abs(value) && slopeAtEnd <= (2 * KEPT - 1) * slope;
    }

    private boolean isSmall(double[] gradient) {
        for (double derivative : gradient) {
            if (!(Math.abs(derivative) <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    private double move(double[] from, double[] direction, double length, double[] to, double[] gradient) {
        for (int i = 0; i < from.length; i++) {
            to[i] = from[i] + length * direction[i];
        }
        return function.at(to, gradient);
    }

    private void remember(double[] from, double[] to, double[] before, double[] after) {
        double[] move = new double[from.length];
        double[] change = new double[from.length];
        for (int i = 0; i < move.length; i++) {
            move[i] = to[i] - from[i];
            change[i] = after[i] - before[i];
        }
        double product = product(move, change);
        if (product > 0) {
            steps.addLast(new Step(move, change, product));
        }
        if (steps.size() > MEMORY) {
            steps.removeFirst();
        }
    }

    /** Down, as a quadratic function with the remembered steps would have it. */
    private double[] direction(double[] gradient) {
        double[] direction = gradient.clone();
        double[] parts = new double[steps.size()];
        int at = steps.size();
        for (Iterator<Step> newest = steps.descendingIterator(); newest.hasNext(); ) {
            Step step = newest.next();
            at--;
            parts[at] = product(step.move, direction) / step.product;
            add(direction, -parts[at], step.change);
        }
        double scale = scale();
        for (int i = 0; i < direction.length; i++) {
            direction[i] *= scale / curvatures[i];
        }
        for (Step step : steps) {
            double part = product(step.change, direction) / step.product;
            add(direction, parts[at++] - part, step.move);
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -direction[i];
        }
        return direction;
    }

    /** By how much the last step was longer than the curvatures say. */
    private double scale() {
        if (steps.isEmpty()) {
            return 1;
        }
        Step last = steps.getLast();
        double expected = 0;
        for (int i = 0; i < curvatures.length; i++) {
            expected += last.change[i] * last.change[i] / curvatures[i];
        }
        return last.product / expected;
    }

    private static void add(double[] to, double factor, double[] other) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * other[i];
        }
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
