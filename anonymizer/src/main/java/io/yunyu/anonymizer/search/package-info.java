/** The lattice of full-domain generalizations and the searches for its best anonymous transformation. */
@NullMarked
package io.yunyu.anonymizer.search;

import org.jspecify.annotations.NullMarked;
