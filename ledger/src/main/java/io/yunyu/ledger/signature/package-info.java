@NullMarked
package io.yunyu.ledger.signature;

import org.jspecify.annotations.NullMarked;
