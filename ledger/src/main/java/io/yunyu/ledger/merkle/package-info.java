@NullMarked
package io.yunyu.ledger.merkle;

import org.jspecify.annotations.NullMarked;
