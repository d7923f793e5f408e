/** How finely a query may name the values of a column: code lists, nesting geography, bands and periods. */
@NullMarked
package io.yunyu.contract.dimension;

import org.jspecify.annotations.NullMarked;
