@NullMarked
package io.yunyu.vault.socket;

import org.jspecify.annotations.NullMarked;
