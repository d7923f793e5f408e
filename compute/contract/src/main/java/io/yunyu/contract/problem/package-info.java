@NullMarked
package io.yunyu.contract.problem;

import org.jspecify.annotations.NullMarked;
