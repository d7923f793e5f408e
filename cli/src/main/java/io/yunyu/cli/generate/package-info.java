/**
 * Fictional data with the shape of Yunnan's public records, for demonstrations, tests and benchmarks.
 *
 * <p>Every value is a function of (seed, table, index): no state, no lookup of earlier rows, constant memory. Nobody is
 * meant: citizen identifiers and credit codes carry county part 99, which does not exist.
 */
@NullMarked
package io.yunyu.cli.generate;

import org.jspecify.annotations.NullMarked;
