/** De-identification of microdata: the specification, the anonymizer, its report and its command. */
@NullMarked
package io.yunyu.anonymizer;

import org.jspecify.annotations.NullMarked;
