/** The report as a page to look at: one file, no script, nothing from elsewhere, Chinese and English. */
@NullMarked
package io.yunyu.anonymizer.page;

import org.jspecify.annotations.NullMarked;
