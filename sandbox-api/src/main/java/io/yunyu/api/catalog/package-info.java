@NullMarked
package io.yunyu.api.catalog;

import org.jspecify.annotations.NullMarked;
