@NullMarked
package io.yunyu.api.release;

import org.jspecify.annotations.NullMarked;
