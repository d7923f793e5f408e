/** Keeps the sealed memory of the differencing guard: one chain for each dataset family, locked while a job adds to it. */
@NullMarked
package io.yunyu.api.guard;

import org.jspecify.annotations.NullMarked;
