@NullMarked
package io.yunyu.engine.session;

import org.jspecify.annotations.NullMarked;
