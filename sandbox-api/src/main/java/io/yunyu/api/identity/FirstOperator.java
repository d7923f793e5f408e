package io.yunyu.api.identity;

import io.yunyu.api.Settings;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.api.state.ActKind;
import io.yunyu.contract.file.DurableFiles;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Gives a new installation its first person: an operator with a random password, in a file only its owner can read. */
@Component
public class FirstOperator {
    private static final String ID = "operator";

    private final Directory directory;
    private final SignIn signIn;
    private final Tokens tokens;
    private final Recorder recorder;
    private final Settings settings;

    FirstOperator(Directory directory, SignIn signIn, Tokens tokens, Recorder recorder, Settings settings) {
        this.directory = directory;
        this.signIn = signIn;
        this.tokens = tokens;
        this.recorder = recorder;
        this.settings = settings;
    }

    /** Does nothing if there is already a person. The file is written before the transaction ends: no operator without it. */
    public void ensure() {
        recorder.together(() -> {
            if (directory.isEmpty()) {
                create();
            }
            return true;
        });
    }

    private void create() {
        byte[] secret = new byte[18];
        new SecureRandom().nextBytes(secret);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        directory.add(
                new Organization(ID, OrganizationKind.OPERATOR, "平台运营方", "Platform operator", Optional.empty()),
                Act.ofPlatform(ActKind.ORGANIZATION_REGISTERED, ID, Map.of()));
        directory.add(
                new Person(ID, ID, "Operator", Set.of(Role.OPERATOR), Optional.empty(), true),
                signIn.hash(password),
                Act.ofPlatform(ActKind.PERSON_REGISTERED, ID, Map.of()));
        Actor operator = signIn.check(ID, password, "local");
        Tokens.Issued token = tokens.issue(operator, Set.of(), java.time.Duration.ofDays(1));
        try {
            write(
                    settings.server().resolve("operator.json"),
                    Json.write(Json.object(
                            "person",
                            ID,
                            "password",
                            password,
                            "token",
                            token.secret(),
                            "tokenExpiresAt",
                            token.expiresAt().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException("The operator's file could not be written; nothing was changed.", e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(partial);
        DurableFiles.create(
                partial, (text + "\n").getBytes(StandardCharsets.UTF_8), PosixFilePermissions.fromString("rw-------"));
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.forceName(file);
    }
}
