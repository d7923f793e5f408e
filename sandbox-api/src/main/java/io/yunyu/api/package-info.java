@NullMarked
package io.yunyu.api;

import org.jspecify.annotations.NullMarked;
