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
final class DemoParties {
    static final String PROVIDER = "yn-health";
    static final String DEVELOPER = "yunling-data";

    /** A role of credentials.json. */
    enum Role {
        OPERATOR("operator", "", List.of("OPERATOR"), List.of("operate", "read")),
        STEWARD("steward", PROVIDER, List.of("PROVIDER_STEWARD"), List.of("ingest", "agree", "read")),
        REVIEWER("reviewer", PROVIDER, List.of("PROVIDER_REVIEWER"), List.of("review", "read")),
        DEVELOPER("developer", DemoParties.DEVELOPER, List.of("DEVELOPER"), List.of("agree", "submit", "read"));

        private final String id;
        private final String organization;
        private final List<String> roles;
        private final List<String> scopes;

        Role(String id, String organization, List<String> roles, List<String> scopes) {
            this.id = id;
            this.organization = organization;
            this.roles = roles;
            this.scopes = scopes;
        }
    }

    private static final long TOKEN_SECONDS = 12 * 3600;

    private final String address;
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
    static DemoParties register(String address, JsonObject operator, Path keys) throws Exception {
        DemoParties parties = new DemoParties(address, keys);
        parties.signIn(Role.OPERATOR, operator.string("person"), operator.string("password"));
        ApiClient api = parties.client(Role.OPERATOR);
        api.post(
                "/api/v1/organizations",
                Json.object("id", PROVIDER, "kind", "PROVIDER", "nameZh", "云南省卫生健康数据中心（演示）", "nameEn", "Yunnan Health Data Centre (demo)"));
        api.post(
                "/api/v1/organizations",
                Json.object("id", DEVELOPER, "kind", "PRIMARY_DEVELOPER", "nameZh", "云岭数据运营公司（演示）", "nameEn", "Yunling Data Operations (demo)"));
        for (Role role : List.of(Role.STEWARD, Role.REVIEWER, Role.DEVELOPER)) {
            parties.enrol(api, role);
        }
        return parties;
    }

    private void enrol(ApiClient operator, Role role) throws Exception {
        SigningKey key = SigningKey.generate();
        key.save(keys.resolve(role.id + ".key"));
        signers.put(role, key);
        byte[] secret = new byte[18];
        random.nextBytes(secret);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        operator.post(
                "/api/v1/persons",
                Json.object(
                        "id", role.id, "organization", role.organization, "name", "demo " + role.id, "roles", role.roles,
                        "password", password, "key", key.verificationKey().toString()));
        signIn(role, role.id, password);
    }

    private void signIn(Role role, String person, String password) {
        String token = ApiClient.withPassword(address, person, password)
                .post("/api/v1/tokens", Json.object("scopes", role.scopes, "expiresInSeconds", TOKEN_SECONDS))
                .string("token");
        clients.put(role, ApiClient.withToken(address, token));
        credentials.put(role.id, Json.object("person", person, "password", password, "token", token, "scopes", role.scopes));
    }

    ApiClient client(Role role) {
        return java.util.Objects.requireNonNull(clients.get(role));
    }

    SigningKey signer(Role role) {
        return java.util.Objects.requireNonNull(signers.get(role));
    }

    String publicKey(Role role) {
        return signer(role).verificationKey().toString();
    }

    /** Everything a person needs to go on by hand; readable by its owner only. */
    void writeCredentials(Path file, String agreementId, String releaseId) throws IOException {
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
