@NullMarked
package io.yunyu.contract.agreement;

import org.jspecify.annotations.NullMarked;
