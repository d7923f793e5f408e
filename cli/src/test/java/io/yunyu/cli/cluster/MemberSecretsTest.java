package io.yunyu.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberSecretsTest {
    @TempDir
    private Path directory;

    @Test
    void make_newDirectory_holdsASecretThatOpensTheKey() throws Exception {
        Path at = directory.resolve("secrets");
        MemberSecrets.make(at);
        String secret = Files.readString(at.resolve("secret"));
        assertThat(secret).matches("[0-9a-f]{64}");
        KeyStore store = KeyStore.getInstance(at.resolve("member.p12").toFile(), secret.toCharArray());
        assertThat(store.isKeyEntry("member")).isTrue();
        assertThat(store.getKey("member", secret.toCharArray())).isNotNull();
        for (String name : new String[] {"secret", "member.p12"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(at.resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void make_twice_differsAndReplacesNothing() throws Exception {
        Path at = directory.resolve("secrets");
        MemberSecrets.make(at);
        String first = Files.readString(at.resolve("secret"));
        assertThatThrownBy(() -> MemberSecrets.make(at)).isInstanceOf(ProblemException.class);
        assertThat(Files.readString(at.resolve("secret"))).isEqualTo(first);
        MemberSecrets.make(directory.resolve("others"));
        assertThat(Files.readString(directory.resolve("others/secret"))).isNotEqualTo(first);
    }
}
