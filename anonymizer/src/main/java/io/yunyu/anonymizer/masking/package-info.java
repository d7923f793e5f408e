/** Values that are changed one by one: masking, keyed pseudonyms, rounding, top and bottom coding. */
@NullMarked
package io.yunyu.anonymizer.masking;

import org.jspecify.annotations.NullMarked;
