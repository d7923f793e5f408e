package io.yunyu.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.cluster.ClusterSettings;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterProtectionTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    @BeforeEach
    void secrets() throws Exception {
        write(ClusterSecrets.SECRET_FILE, SECRET);
        write(ClusterSecrets.KEY_FILE, "not opened here");
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(directory.resolve(name), text);
        Files.setPosixFilePermissions(directory.resolve(name), PosixFilePermissions.fromString("rw-r-----"));
    }

    private SparkConf conf() {
        return ClusterProtection.protect(new SparkConf(false), ClusterSecrets.read(directory));
    }

    @Test
    void require_asProtected_passes() {
        assertThatCode(() -> ClusterProtection.require(conf())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "spark.authenticate, false",
        "spark.ssl.rpc.enabled, false",
        "spark.ssl.rpc.protocol, TLSv1.2",
        "spark.ssl.rpc.openSslEnabled, true",
        "spark.network.crypto.enabled, true",
        "spark.io.encryption.enabled, false",
        "spark.io.encryption.keySizeBits, 128",
        "spark.ui.enabled, true",
        "spark.eventLog.enabled, true",
        "spark.master.rest.enabled, true",
        "spark.shuffle.service.enabled, true",
        "spark.dynamicAllocation.enabled, true",
        "spark.plugins, io.example.Other",
        "spark.ssl.rpc.trustStore, ''",
        "spark.authenticate.secret, ''",
        "spark.jars, /tmp/other.jar",
        "spark.executorEnv.X, y"
    })
    void require_anyOfItOff_refusesAndNamesIt(String name, String value) {
        assertThatThrownBy(() -> ClusterProtection.require(conf().set(name, value)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(name)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET))
                .extracting(e -> ((ProblemException) e).problem().code())
                .isEqualTo(ProblemCode.HOST_LACKS_LAYER);
    }

    @Test
    void secrets_readableByEveryone_areRefused() throws Exception {
        Files.setPosixFilePermissions(
                directory.resolve(ClusterSecrets.KEY_FILE), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> ClusterSecrets.read(directory)).hasMessageContaining(ClusterSecrets.KEY_FILE);
    }

    @Test
    void secrets_tooShort_areRefusedWithoutBeingTold() throws Exception {
        write(ClusterSecrets.SECRET_FILE, "hush");
        assertThatThrownBy(() -> ClusterSecrets.read(directory))
                .hasMessageContaining("shorter")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"secrets\":\"/s\",\"workers\":0,\"coresPerWorker\":1,\"executorMemoryMiB\":512}",
                "{\"secrets\":\"/s\",\"workers\":1,\"coresPerWorker\":0,\"executorMemoryMiB\":512}",
                "{\"secrets\":\"/s\",\"workers\":1,\"coresPerWorker\":1,\"executorMemoryMiB\":5}",
                "{\"secrets\":\"/s\",\"workers\":1,\"coresPerWorker\":1,\"executorMemoryMiB\":512,\"spark\":{}}",
                "{}"
            })
    void settings_notAsTheyMustBe_areRefused(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("settings.json"), text);
        assertThatThrownBy(() -> ClusterSettings.read(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("settings of the cluster");
    }
}
