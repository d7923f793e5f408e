@NullMarked
package io.yunyu.ledger.release;

import org.jspecify.annotations.NullMarked;
