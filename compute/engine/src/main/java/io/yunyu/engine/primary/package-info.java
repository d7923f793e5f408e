/**
 * Primary rules: which cells of a table would let one contributor, or a few together, learn too much about another.
 *
 * <p>Our choices where tools differ: a cell is too small if {@code 0 < n < minUnits}, so one of exactly {@code minUnits}
 * units is published (as in τ-ARGUS; sdcTable's {@code maxN} is {@code minUnits - 1}); the (n,k) rule is strict, a share
 * of exactly k percent is safe (as in τ-ARGUS and sdcTable; ACRO withholds it); n counts units, never rows, and never the
 * weights that stand for units outside the sample.
 *
 * <p>Definitions: Hundepool et al., "Statistical Disclosure Control" (2012), section 4.2.
 */
@NullMarked
package io.yunyu.engine.primary;

import org.jspecify.annotations.NullMarked;
