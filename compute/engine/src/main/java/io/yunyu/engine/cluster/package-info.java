/** An engine whose tasks run on other hosts: who belongs to it, how keys reach it, and what protects what travels. */
@NullMarked
package io.yunyu.engine.cluster;

import org.jspecify.annotations.NullMarked;
