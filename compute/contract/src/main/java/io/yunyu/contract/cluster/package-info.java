/** What an engine whose tasks run on other hosts and whoever sets up those hosts must agree on. */
@NullMarked
package io.yunyu.contract.cluster;

import org.jspecify.annotations.NullMarked;
