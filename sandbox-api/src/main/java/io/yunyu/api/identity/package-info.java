@NullMarked
package io.yunyu.api.identity;

import org.jspecify.annotations.NullMarked;
