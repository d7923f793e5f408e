@NullMarked
package io.yunyu.cli.job;

import org.jspecify.annotations.NullMarked;
