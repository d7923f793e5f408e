@NullMarked
package io.yunyu.contract.file;

import org.jspecify.annotations.NullMarked;
