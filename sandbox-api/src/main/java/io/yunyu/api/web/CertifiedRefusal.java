package io.yunyu.api.web;

import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.problem.Problem;

/** A refusal at the door that names the change which would pass, tried before it is named. */
public final class CertifiedRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient RefusalCertificate certificate;

    public CertifiedRefusal(Problem problem, RefusalCertificate certificate) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
        this.certificate = certificate;
    }

    Problem problem() {
        return problem;
    }

    RefusalCertificate certificate() {
        return certificate;
    }
}
