package io.yunyu.api.review;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.job.Approval;

/** A decision on a candidate, signed. */
public record Decision(Approval approval, Signature signature) {}
