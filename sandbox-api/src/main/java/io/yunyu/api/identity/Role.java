package io.yunyu.api.identity;

import java.util.Set;

/** What a person may do for the organization. */
public enum Role {
    PROVIDER_REVIEWER(Scope.READ, Scope.REVIEW),
    PROVIDER_STEWARD(Scope.READ, Scope.INGEST, Scope.AGREE),
    DEVELOPER(Scope.READ, Scope.AGREE, Scope.SUBMIT),
    OPERATOR(Scope.READ, Scope.OPERATE),
    AUDITOR(Scope.READ);

    private final Set<Scope> scopes;

    Role(Scope... scopes) {
        this.scopes = Set.of(scopes);
    }

    public Set<Scope> scopes() {
        return scopes;
    }
}
