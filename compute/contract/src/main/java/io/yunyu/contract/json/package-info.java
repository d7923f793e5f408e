@NullMarked
package io.yunyu.contract.json;

import org.jspecify.annotations.NullMarked;
