/** Information loss measures: objective of the search and content of the quality report. */
@NullMarked
package io.yunyu.anonymizer.quality;

import org.jspecify.annotations.NullMarked;
