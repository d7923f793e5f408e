@NullMarked
package io.yunyu.cli;

import org.jspecify.annotations.NullMarked;
