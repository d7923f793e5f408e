@NullMarked
package io.yunyu.ledger.checkpoint;

import org.jspecify.annotations.NullMarked;
