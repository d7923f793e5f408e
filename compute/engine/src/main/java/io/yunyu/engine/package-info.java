@NullMarked
package io.yunyu.engine;

import org.jspecify.annotations.NullMarked;
