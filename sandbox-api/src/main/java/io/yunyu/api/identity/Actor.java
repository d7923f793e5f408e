package io.yunyu.api.identity;

import io.yunyu.api.proof.Act;
import io.yunyu.api.state.ActKind;
import java.io.Serializable;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An authenticated person acting for an organization: what every door asks for.
 *
 * @param scopes what this sign-in or token may be used for
 * @param signedInAt when the password was given
 */
public record Actor(
        String person,
        String organization,
        OrganizationKind kind,
        Set<Role> roles,
        Set<Scope> scopes,
        Instant signedInAt)
        implements Principal, Serializable {
    public Actor {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
    }

    @Override
    public String getName() {
        return person;
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Whether the person may do what the role and scope together allow. */
    public boolean may(Scope scope, Set<Role> anyOf) {
        return scopes.contains(scope) && roles.stream().anyMatch(anyOf::contains);
    }

    /** An act of this person. */
    public Act act(ActKind kind, String subject, Map<String, String> detail) {
        return new Act(kind, List.of(subject), person, organization, detail);
    }
}
