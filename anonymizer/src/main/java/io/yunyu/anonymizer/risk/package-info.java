/** Re-identification risk under the prosecutor, journalist and marketer models, and threshold policies. */
@NullMarked
package io.yunyu.anonymizer.risk;

import org.jspecify.annotations.NullMarked;
