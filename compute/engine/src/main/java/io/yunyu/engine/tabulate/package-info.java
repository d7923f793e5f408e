/** Protected tables from a file: the commands {@code tabulate} and {@code ptable}. Stand-alone, without Spark and server. */
@NullMarked
package io.yunyu.engine.tabulate;

import org.jspecify.annotations.NullMarked;
