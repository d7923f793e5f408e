/** Made-up tables that stand for a catalog's datasets, so that a query can be tried without any original. */
@NullMarked
package io.yunyu.cli.dummy;

import org.jspecify.annotations.NullMarked;
