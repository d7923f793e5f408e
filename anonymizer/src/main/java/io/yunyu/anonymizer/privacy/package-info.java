/** Privacy models: what every released equivalence class, or the whole release, must satisfy. */
@NullMarked
package io.yunyu.anonymizer.privacy;

import org.jspecify.annotations.NullMarked;
