@NullMarked
package io.yunyu.cli.command;

import org.jspecify.annotations.NullMarked;
