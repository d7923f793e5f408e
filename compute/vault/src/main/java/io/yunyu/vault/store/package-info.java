@NullMarked
package io.yunyu.vault.store;

import org.jspecify.annotations.NullMarked;
