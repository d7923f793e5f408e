@NullMarked
package io.yunyu.bench;

import org.jspecify.annotations.NullMarked;
