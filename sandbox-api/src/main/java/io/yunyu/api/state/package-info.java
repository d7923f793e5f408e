@NullMarked
package io.yunyu.api.state;

import org.jspecify.annotations.NullMarked;
