/**
 * The plan policy: which SQL a grant lets through, decided before a byte of data is read. Everything that is not allowed
 * by name is refused. The entry is {@link io.yunyu.engine.policy.QueryPolicy}.
 */
@NullMarked
package io.yunyu.engine.policy;

import org.jspecify.annotations.NullMarked;
