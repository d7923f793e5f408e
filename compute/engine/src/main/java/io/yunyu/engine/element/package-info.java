/** The exit for data elements: records de-identified as an agreement allows, with their risk and quality. */
@NullMarked
package io.yunyu.engine.element;

import org.jspecify.annotations.NullMarked;
