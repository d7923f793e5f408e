/** The key service: a process of its own, and the only one that reads the master key. */
@NullMarked
package io.yunyu.vault;

import org.jspecify.annotations.NullMarked;
