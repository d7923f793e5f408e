@NullMarked
package io.yunyu.api.engine;

import org.jspecify.annotations.NullMarked;
