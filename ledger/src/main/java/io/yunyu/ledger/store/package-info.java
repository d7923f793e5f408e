@NullMarked
package io.yunyu.ledger.store;

import org.jspecify.annotations.NullMarked;
