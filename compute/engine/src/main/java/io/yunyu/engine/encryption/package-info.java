@NullMarked
package io.yunyu.engine.encryption;

import org.jspecify.annotations.NullMarked;
