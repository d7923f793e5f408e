@NullMarked
package io.yunyu.contract.container;

import org.jspecify.annotations.NullMarked;
