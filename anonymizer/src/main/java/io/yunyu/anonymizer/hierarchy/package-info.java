/** Generalization hierarchies: materialized as ARX reads them, or built by interval, order, redaction, date, priority. */
@NullMarked
package io.yunyu.anonymizer.hierarchy;

import org.jspecify.annotations.NullMarked;
