package io.yunyu.cli.demo;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.ledger.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The people whom the demo plays: each with an account, a password and a token, and a key file where they sign. */
public final class DemoParties {
    public static final String PROVIDER = "yn-health";
    public static final String DEVELOPER = "yunling-data";

    /** A role of credentials.json. */
    public enum Role {
        OPERATOR("operator", "运营员", "", List.of("OPERATOR"), List.of("operate", "read")),
        STEWARD("steward", "数据管理员（演示）", PROVIDER, List.of("PROVIDER_STEWARD"), List.of("ingest", "agree", "read")),
        REVIEWER("reviewer", "审核员（演示）", PROVIDER, List.of("PROVIDER_REVIEWER"), List.of("review", "read")),
        DEVELOPER(
                "developer",
                "开发者（演示）",
                DemoParties.DEVELOPER,
                List.of("DEVELOPER"),
                List.of("agree", "submit", "read"));

        private final String id;
        private final String title;
        private final String organization;
        private final List<String> roles;
        private final List<String> scopes;

        Role(String id, String title, String organization, List<String> roles, List<String> scopes) {
            this.id = id;
            this.title = title;
            this.organization = organization;
            this.roles = roles;
            this.scopes = scopes;
        }
    }

    private static final long TOKEN_SECONDS = 12 * 3600;

    private String address;
    private final Path keys;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Map<String, Object>> credentials = new LinkedHashMap<>();
    private final Map<Role, ApiClient> clients = new LinkedHashMap<>();
    private final Map<Role, SigningKey> signers = new LinkedHashMap<>();

    private DemoParties(String address, Path keys) {
        this.address = address;
        this.keys = keys;
    }

    /** Registers the organizations and persons. @param operator name and password of the first operator */
    public static DemoParties register(String address, JsonObject operator, Path keys) throws Exception {
        DemoParties parties = new DemoParties(address, keys);
        for (Role role : List.of(Role.STEWARD, Role.REVIEWER, Role.DEVELOPER)) {
            SigningKey key = SigningKey.generate();
            key.save(keys.resolve(role.id + ".key"));
            parties.signers.put(role, key);
        }
        parties.signIn(Role.OPERATOR, operator.string("person"), operator.string("password"));
        parties.addOrganization(
                PROVIDER, "PROVIDER", "云南省卫生健康数据中心（演示）", "Yunnan Health Data Centre (demo)", Role.STEWARD);
        parties.addOrganization(
                DEVELOPER, "PRIMARY_DEVELOPER", "云岭数据运营公司（演示）", "Yunling Data Operations (demo)", Role.DEVELOPER);
        for (Role role : List.of(Role.STEWARD, Role.REVIEWER, Role.DEVELOPER)) {
            parties.addPerson(role);
        }
        return parties;
    }

    private void addOrganization(String id, String kind, String nameZh, String nameEn, Role signer) {
        client(Role.OPERATOR)
                .post(
                        "/api/v1/organizations",
                        Json.object(
                                "id", id, "kind", kind, "nameZh", nameZh, "nameEn", nameEn, "key", publicKey(signer)));
    }

    private void addPerson(Role role) {
        byte[] secret = new byte[18];
        random.nextBytes(secret);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        client(Role.OPERATOR)
                .post(
                        "/api/v1/persons",
                        Json.object(
                                "id",
                                role.id,
                                "organization",
                                role.organization,
                                "name",
                                role.title,
                                "roles",
                                role.roles,
                                "password",
                                password,
                                "key",
                                publicKey(role)));
        signIn(role, role.id, password);
    }

    /** Goes on at another address, with new tokens: after a restart of the server on another port. */
    public void moveTo(String newAddress) {
        address = newAddress;
        for (Role role : Role.values()) {
            Map<String, Object> known = java.util.Objects.requireNonNull(credentials.get(role.id));
            signIn(role, String.valueOf(known.get("person")), String.valueOf(known.get("password")));
        }
    }

    private void signIn(Role role, String person, String password) {
        String token = ApiClient.withPassword(address, person, password)
                .post("/api/v1/tokens", Json.object("scopes", role.scopes, "expiresInSeconds", TOKEN_SECONDS))
                .string("token");
        clients.put(role, ApiClient.withToken(address, token));
        credentials.put(
                role.id, Json.object("person", person, "password", password, "token", token, "scopes", role.scopes));
    }

    public ApiClient client(Role role) {
        return java.util.Objects.requireNonNull(clients.get(role));
    }

    public String password(Role role) {
        return String.valueOf(
                java.util.Objects.requireNonNull(credentials.get(role.id)).get("password"));
    }

    public String token(Role role) {
        return String.valueOf(
                java.util.Objects.requireNonNull(credentials.get(role.id)).get("token"));
    }

    public SigningKey signer(Role role) {
        return java.util.Objects.requireNonNull(signers.get(role));
    }

    public String publicKey(Role role) {
        return signer(role).verificationKey().toString();
    }

    /** Everything a person needs to go on by hand; readable by its owner only. */
    public void writeCredentials(Path file, String agreementId, String releaseId) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>(credentials);
        members.put("address", address);
        members.put("agreementId", agreementId);
        members.put("releaseId", releaseId);
        members.put("keys", keys.toString());
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, Json.bytes(members), StandardOpenOption.WRITE);
    }
}
