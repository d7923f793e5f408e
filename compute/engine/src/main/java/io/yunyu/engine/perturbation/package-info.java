/**
 * The cell-key method for counts and magnitudes: post-tabular noise that is looked up, not drawn.
 *
 * <p>Every statistical unit carries a secret record key; the sum of the keys of the units in a cell is the cell key; the
 * cell key selects a row of a perturbation table. The same set of units therefore always receives the same noise, in
 * whatever query, by whatever user, on whatever day. The entry is {@link io.yunyu.engine.perturbation.Perturbation}.
 *
 * <p>Method: Fraser and Wooton, "A proposed method for confidentialising tabular output to protect against
 * differencing" (2005); tables by maximum entropy after Giessing, "Computational issues in the design of transition
 * probabilities and disclosure risk estimation for additive noise" (2016).
 */
@NullMarked
package io.yunyu.engine.perturbation;

import org.jspecify.annotations.NullMarked;
