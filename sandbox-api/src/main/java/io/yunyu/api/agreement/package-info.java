@NullMarked
package io.yunyu.api.agreement;

import org.jspecify.annotations.NullMarked;
