/** Binds the anonymizer to Spark: groups a {@code Dataset<Row>} once, searches on the groups, transforms as a distributed map. */
@NullMarked
package io.yunyu.anonymizer.spark;

import org.jspecify.annotations.NullMarked;
