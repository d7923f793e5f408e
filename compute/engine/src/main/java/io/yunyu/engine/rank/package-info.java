/** What exactly published sums determine: linear algebra over a prime field, see {@link io.yunyu.engine.rank.RankAudit}. */
@NullMarked
package io.yunyu.engine.rank;

import org.jspecify.annotations.NullMarked;
