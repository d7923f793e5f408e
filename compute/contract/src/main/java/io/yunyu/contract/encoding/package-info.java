@NullMarked
package io.yunyu.contract.encoding;

import org.jspecify.annotations.NullMarked;
