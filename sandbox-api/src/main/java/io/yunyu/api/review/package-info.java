@NullMarked
package io.yunyu.api.review;

import org.jspecify.annotations.NullMarked;
