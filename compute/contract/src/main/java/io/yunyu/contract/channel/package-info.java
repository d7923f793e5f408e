@NullMarked
package io.yunyu.contract.channel;

import org.jspecify.annotations.NullMarked;
