package io.yunyu.api.identity;

import java.util.Set;

/** What an organization is on the platform, and so which roles its persons may have. */
public enum OrganizationKind {
    /** 公共机构: provides data. */
    PROVIDER(Role.PROVIDER_REVIEWER, Role.PROVIDER_STEWARD),
    /** 主管部门: supervises. */
    AUTHORITY(Role.AUDITOR),
    /** 一级开发: authorised by a province or prefecture government (第三十八条). */
    PRIMARY_DEVELOPER(Role.DEVELOPER),
    /** 二级开发: works on data elements only (第三十九条). */
    SECONDARY_DEVELOPER(Role.DEVELOPER),
    /** Runs the machines. */
    OPERATOR(Role.OPERATOR, Role.AUDITOR);

    private final Set<Role> roles;

    OrganizationKind(Role... roles) {
        this.roles = Set.of(roles);
    }

    public boolean mayHave(Role role) {
        return roles.contains(role);
    }

    public boolean isDeveloper() {
        return roles.contains(Role.DEVELOPER);
    }
}
