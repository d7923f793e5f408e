@NullMarked
package io.yunyu.contract.merkle;

import org.jspecify.annotations.NullMarked;
