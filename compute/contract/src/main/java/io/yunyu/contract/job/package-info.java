@NullMarked
package io.yunyu.contract.job;

import org.jspecify.annotations.NullMarked;
