/** Equivalence classes: distinct quasi-identifier tuples with counts and sensitive histograms, rolled up level by level. */
@NullMarked
package io.yunyu.anonymizer.classes;

import org.jspecify.annotations.NullMarked;
