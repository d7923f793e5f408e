/**
 * The aggregate exit: the only way by which a developer's query leaves the engine. It checks, rewrites to privacy units,
 * protects the cells and seals a candidate. The entry is {@link io.yunyu.engine.aggregate.AggregateExit}.
 */
@NullMarked
package io.yunyu.engine.aggregate;

import org.jspecify.annotations.NullMarked;
