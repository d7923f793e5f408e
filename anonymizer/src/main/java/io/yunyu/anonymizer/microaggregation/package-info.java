/** Microaggregation: the values of an attribute in an equivalence class replaced by one that stands for all. */
@NullMarked
package io.yunyu.anonymizer.microaggregation;

import org.jspecify.annotations.NullMarked;
