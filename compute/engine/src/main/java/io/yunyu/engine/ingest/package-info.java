@NullMarked
package io.yunyu.engine.ingest;

import org.jspecify.annotations.NullMarked;
