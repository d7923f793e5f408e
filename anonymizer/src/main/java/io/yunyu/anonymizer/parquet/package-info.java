/** Tables from Parquet files, without Spark and without a Hadoop configuration. Its libraries are loaded for Parquet input only. */
@NullMarked
package io.yunyu.anonymizer.parquet;

import org.jspecify.annotations.NullMarked;
