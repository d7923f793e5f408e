/** The publisher's game against an adversary: what records are worth and what attacks cost (Wan et al. 2015). */
@NullMarked
package io.yunyu.anonymizer.payout;

import org.jspecify.annotations.NullMarked;
