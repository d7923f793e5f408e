@NullMarked
package io.yunyu.cli.demo;

import org.jspecify.annotations.NullMarked;
