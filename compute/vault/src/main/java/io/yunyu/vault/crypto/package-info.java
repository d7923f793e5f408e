@NullMarked
package io.yunyu.vault.crypto;

import org.jspecify.annotations.NullMarked;
