@NullMarked
package io.yunyu.api.proof;

import org.jspecify.annotations.NullMarked;
