/** The form of the differencing guard's memory that both sides of the wall know: a chain of sealed entries. */
@NullMarked
package io.yunyu.contract.guard;

import org.jspecify.annotations.NullMarked;
