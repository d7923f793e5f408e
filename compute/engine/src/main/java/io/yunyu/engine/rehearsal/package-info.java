@NullMarked
package io.yunyu.engine.rehearsal;

import org.jspecify.annotations.NullMarked;
