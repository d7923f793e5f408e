@NullMarked
package io.yunyu.api.page;

import org.jspecify.annotations.NullMarked;
