@NullMarked
package io.yunyu.api.web;

import org.jspecify.annotations.NullMarked;
