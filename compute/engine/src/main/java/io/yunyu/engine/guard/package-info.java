/**
 * The differencing guard: compares what a query would publish with everything published before on the dataset family, to
 * anyone. The entry is {@link io.yunyu.engine.guard.ReleaseGuard}; what it remembers is a chain of sealed records, see
 * {@link io.yunyu.engine.guard.GuardMemory}.
 */
@NullMarked
package io.yunyu.engine.guard;

import org.jspecify.annotations.NullMarked;
