@NullMarked
package io.yunyu.contract.language;

import org.jspecify.annotations.NullMarked;
