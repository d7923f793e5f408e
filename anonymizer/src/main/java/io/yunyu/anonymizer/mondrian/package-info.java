/** Mondrian: multidimensional partitioning of distinct quasi-identifier tuples (LeFevre, DeWitt and Ramakrishnan 2006). */
@NullMarked
package io.yunyu.anonymizer.mondrian;

import org.jspecify.annotations.NullMarked;
