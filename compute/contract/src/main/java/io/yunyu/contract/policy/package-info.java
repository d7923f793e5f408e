/** Rules as they might be, to be tried on past jobs. */
@NullMarked
package io.yunyu.contract.policy;

import org.jspecify.annotations.NullMarked;
