package io.yunyu.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.engine.channel.KeyAccessDenied;
import io.yunyu.engine.channel.TableKeys;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.encryption.Keyring;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver's side: what it answers to an executor, or to whoever takes itself for one. */
class KeyPluginTest {
    private static final Path TABLE = Path.of("/tables/key-plugin-test");
    private static final byte[] KEY = new byte[] {1, 2, 3};

    private final DriverPlugin driver = new KeyPlugin().driverPlugin();
    private int questions;

    @BeforeEach
    void open() {
        Keyring.openForReading(TABLE, "visits", new Vault());
    }

    @AfterEach
    void close() {
        Keyring.close(TABLE);
    }

    @Test
    void receive_fileOfAnOpenTable_namesTheTable() throws Exception {
        KeyPlugin.TableAnswer answer = (KeyPlugin.TableAnswer) driver.receive(
                new KeyPlugin.TableQuestion(TABLE.resolve("part-1.parquet").toString()));
        assertThat(answer.table()).isEqualTo(new Keyring.OpenTable(TABLE.toString(), "visits"));
    }

    @Test
    void receive_fileOfNoOpenTable_namesNone() throws Exception {
        KeyPlugin.TableAnswer answer =
                (KeyPlugin.TableAnswer) driver.receive(new KeyPlugin.TableQuestion("/tables/other/part-1.parquet"));
        assertThat(answer.table()).isNull();
    }

    @Test
    void receive_grantedKeyTwice_asksTheVaultOnce() throws Exception {
        KeyPlugin.KeyQuestion question = new KeyPlugin.KeyQuestion(TABLE.toString(), "visits", "age", "w");
        for (int i = 0; i < 2; i++) {
            KeyPlugin.KeyAnswer answer = (KeyPlugin.KeyAnswer) driver.receive(question);
            assertThat(answer.key()).isEqualTo(KEY);
            assertThat(answer.toString()).doesNotContain("1");
        }
        assertThat(questions).isEqualTo(1);
    }

    @Test
    void receive_whatIsNotGranted_isRefused() throws Exception {
        assertThat(driver.receive(new KeyPlugin.KeyQuestion(TABLE.toString(), "visits", "name", "w")))
                .isEqualTo(new KeyPlugin.Refusal("column 'name' is not granted"));
        assertThat(driver.receive(new KeyPlugin.KeyQuestion(TABLE.toString(), "persons", "age", "w")))
                .isInstanceOf(KeyPlugin.Refusal.class);
        assertThat(driver.receive(new KeyPlugin.KeyQuestion("/tables/other", "visits", "age", "w")))
                .isInstanceOf(KeyPlugin.Refusal.class);
        assertThat(driver.receive("give me a key")).isInstanceOf(KeyPlugin.Refusal.class);
    }

    private final class Vault implements VaultQuestions {
        @Override
        public Map<String, byte[]> unwrapKeys(String dataset, Map<String, String> wrappedByColumn) {
            questions++;
            if (!wrappedByColumn.containsKey("age")) {
                throw new KeyAccessDenied("column 'name' is not granted");
            }
            return Map.of("age", KEY);
        }

        @Override
        public TableKeys newTableKeys(String dataset, List<String> columns) {
            throw new AssertionError("No executor asks for that.");
        }

        @Override
        public byte[] noiseSecret(String family) {
            throw new AssertionError("No executor asks for that.");
        }

        @Override
        public byte[] queryNoise(String family, String query, long rhoMicros, long deltaPicos) {
            throw new AssertionError("No executor asks for that.");
        }
    }
}
