/** Microdata as dictionary-encoded columns, read from and written to delimited text. */
@NullMarked
package io.yunyu.anonymizer.data;

import org.jspecify.annotations.NullMarked;
