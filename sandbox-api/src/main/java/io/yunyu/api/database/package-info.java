@NullMarked
package io.yunyu.api.database;

import org.jspecify.annotations.NullMarked;
