@NullMarked
package io.yunyu.contract.disclosure;

import org.jspecify.annotations.NullMarked;
