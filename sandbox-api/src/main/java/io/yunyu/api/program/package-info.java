/** Programs of developers: submitted, run in a sandbox without keys or tables, and turned into queries. */
@NullMarked
package io.yunyu.api.program;

import org.jspecify.annotations.NullMarked;
