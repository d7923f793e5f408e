@NullMarked
package io.yunyu.ledger.event;

import org.jspecify.annotations.NullMarked;
