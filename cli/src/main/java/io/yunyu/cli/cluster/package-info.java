/** Sets up clusters of engines: their secrets, and what Kubernetes needs to run them. */
@NullMarked
package io.yunyu.cli.cluster;

import org.jspecify.annotations.NullMarked;
