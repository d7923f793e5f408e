/** Tries changed rules on past jobs, for the provider's steward: verdicts and numbers of cells, nothing else. */
@NullMarked
package io.yunyu.api.replay;

import org.jspecify.annotations.NullMarked;
