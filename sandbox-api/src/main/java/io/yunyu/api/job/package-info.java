@NullMarked
package io.yunyu.api.job;

import org.jspecify.annotations.NullMarked;
