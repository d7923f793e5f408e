@NullMarked
package io.yunyu.contract.profile;

import org.jspecify.annotations.NullMarked;
