/** The privacy budget: what differentially private answers have cost per dataset family and recipient, and in all. */
@NullMarked
package io.yunyu.api.budget;

import org.jspecify.annotations.NullMarked;
