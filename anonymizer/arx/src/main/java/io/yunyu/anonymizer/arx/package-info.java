/** Adapter to ARX: the same specification in, the same report out. */
@NullMarked
package io.yunyu.anonymizer.arx;

import org.jspecify.annotations.NullMarked;
