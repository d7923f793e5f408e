@NullMarked
package io.yunyu.contract.identifier;

import org.jspecify.annotations.NullMarked;
