package io.yunyu.api.identity;

import java.util.Optional;
import java.util.Set;

/**
 * Someone who acts for an organization.
 *
 * @param id also the name to sign in with
 * @param signingKey public key that the person signs with
 */
public record Person(
        String id, String organization, String name, Set<Role> roles, Optional<String> signingKey, boolean active) {
    public Person {
        roles = Set.copyOf(roles);
    }
}
