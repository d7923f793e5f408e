package io.yunyu.api.identity;

import java.util.Optional;

/** @param signingKey public key that the organization signs with, {@code ed25519:…} */
public record Organization(
        String id, OrganizationKind kind, String nameZh, String nameEn, Optional<String> signingKey) {
    /** Its name for readers of the language. */
    public String name(boolean chinese) {
        return chinese ? nameZh : nameEn;
    }
}
