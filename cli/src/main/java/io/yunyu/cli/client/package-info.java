@NullMarked
package io.yunyu.cli.client;

import org.jspecify.annotations.NullMarked;
