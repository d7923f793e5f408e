@NullMarked
package io.yunyu.contract.checkpoint;

import org.jspecify.annotations.NullMarked;
