/**
 * Secondary suppression: which further cells of an additive table must be withheld, so that the withheld ones cannot be
 * computed back too closely from the published ones and the totals.
 *
 * <p>The entry is {@link io.yunyu.engine.suppression.SecondarySuppression}; it takes a {@link
 * io.yunyu.engine.suppression.SuppressionProblem} and never returns a pattern that its audit did not find safe.
 * {@code AttackLp}, {@code FlowLp}, {@code Master} and {@code WholeNumberSearch} load native code of OR-tools, and so does
 * what searches and audits by them; problems, forms and {@link io.yunyu.engine.suppression.PatternCheck} are plain Java.
 * An engine that holds keys must not call the former: it has no OR-tools on its class path.
 *
 * <p>Method: Fischetti and Salazar, "Solving the cell suppression problem on tabular data with linear constraints"
 * (Management Science 47, 2001); the heuristic after Kelly, Golden and Assad, "Cell suppression: disclosure protection
 * for sensitive tabular data" (Networks 22, 1992).
 */
@NullMarked
package io.yunyu.engine.suppression;

import org.jspecify.annotations.NullMarked;
