@NullMarked
package io.yunyu.engine.channel;

import org.jspecify.annotations.NullMarked;
