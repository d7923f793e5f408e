/** The result of a job as it waits for review: tables in four forms, report and query in one sealed container. */
@NullMarked
package io.yunyu.engine.candidate;

import org.jspecify.annotations.NullMarked;
