package io.yunyu.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class EngineQuestionsTest {
    private static final String[] COLUMNS = {"age", "fee", "hidden", "never_named", "__unit", "__footer", "__log"};

    @TempDir
    Path directory;

    private final Party provider = Party.named("health");
    private final Party developer = Party.named("dev");
    private final Agreement agreement = provider.agreement(developer, "visits");
    private final List<Signature> signatures = List.of(provider.sign(agreement), developer.sign(agreement));
    private RunningVault vault;
    private JsonObject ingested;
    private Map<String, String> wrapped;

    @BeforeEach
    void ingest() throws IOException {
        vault = new RunningVault(directory);
        IngestOrder order = provider.order("visits", "persons");
        ingested = vault.newTableKeys(order, provider.sign(order), "visits", COLUMNS)
                .object("ok");
        wrapped = ingested.stringMap("wrapped");
    }

    @AfterEach
    void stop() throws IOException {
        vault.close();
    }

    @Test
    void unwrapKeys_grantedAndInternalColumns_givesTheDataKeys() throws IOException {
        Map<String, String> asked = pick("age", "fee", "__unit", "__footer", "__log");
        Map<String, String> keys = vault.unwrapKeys(agreement, signatures, "visits", asked)
                .object("ok")
                .stringMap("keys");
        assertThat(keys).hasSize(5);
        keys.forEach((column, key) -> {
            assertThat(key).isEqualTo(ingested.stringMap("keys").get(column));
            assertThat(StrictBase64.decode(key, 32, "key")).hasSize(32);
        });
        assertThat(ingested.stringMap("keys").values()).doesNotHaveDuplicates();
    }

    @Test
    void unwrapKeys_columnNotGranted_isRefusedByName() throws IOException {
        for (String column : new String[] {"hidden", "never_named"}) {
            JsonObject answer = vault.unwrapKeys(agreement, signatures, "visits", pick("age", column));
            assertRefused(answer, "KEY_REFUSED", "'" + column + "'", "'agr-1'");
        }
    }

    @Test
    void unwrapKeys_wrappedKeyOfAnotherColumnOrChanged_isRefused() throws IOException {
        JsonObject hiddenAsAge =
                vault.unwrapKeys(agreement, signatures, "visits", Map.of("age", text(wrapped, "hidden")));
        assertRefused(hiddenAsAge, "KEY_REFUSED", "'age'", "does not open");
        byte[] bytes = StrictBase64.decode(text(wrapped, "age"), "wrapped");
        for (int i = 0; i < bytes.length; i += 5) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            JsonObject answer =
                    vault.unwrapKeys(agreement, signatures, "visits", Map.of("age", StrictBase64.encode(changed)));
            assertRefused(answer, "KEY_REFUSED", "does not open");
        }
    }

    @Test
    void unwrapKeys_beforeOrAfterTerm_isRefused() throws IOException {
        vault.clock.now = Party.FROM.minusSeconds(1);
        assertRefused(unwrapAge(), "AGREEMENT_NOT_IN_FORCE", "agr-1");
        vault.clock.now = Party.FROM;
        assertThat(unwrapAge().has("ok")).isTrue();
        vault.clock.now = Party.UNTIL.minusMillis(1);
        assertThat(unwrapAge().has("ok")).isTrue();
        vault.clock.now = Party.UNTIL;
        assertRefused(unwrapAge(), "AGREEMENT_NOT_IN_FORCE", "agr-1");
    }

    @Test
    void unwrapKeys_signatureMissingOrWrong_isRefused() throws IOException {
        Signature assigner = signatures.get(0);
        Signature assignee = signatures.get(1);
        Party stranger = Party.named("health");
        Signature otherType = provider.key().sign(IngestOrder.TYPE, agreement.toText());
        List<List<Signature>> wrong = List.of(
                List.of(),
                List.of(assigner),
                List.of(assignee),
                List.of(assigner, assigner),
                List.of(stranger.sign(agreement), assignee),
                List.of(new Signature(assigner.key(), stranger.sign(agreement).value()), assignee),
                List.of(new Signature(assigner.key(), assignee.value()), assignee),
                List.of(otherType, assignee));
        for (List<Signature> given : wrong) {
            assertRefused(vault.unwrapKeys(agreement, given, "visits", pick("age")), "KEY_REFUSED", "not signed by");
        }
        // Nor when the vault knows the agreement from a question with the right ones.
        assertThat(unwrapAge().has("ok")).isTrue();
        for (List<Signature> given : wrong) {
            assertRefused(vault.unwrapKeys(agreement, given, "visits", pick("age")), "KEY_REFUSED", "not signed by");
        }
    }

    @Test
    void unwrapKeys_agreementWidenedAfterSigning_isRefused() throws IOException {
        String widened = agreement.toText().replace("\"hidden\":[]", "\"hidden\":[\"MEASURE\"]");
        assertThat(widened).isNotEqualTo(agreement.toText());
        assertRefused(vault.unwrapKeys(widened, signatures, "visits", pick("hidden")), "KEY_REFUSED", "not signed");
        String spaced = " " + agreement.toText();
        assertRefused(vault.unwrapKeys(spaced, signatures, "visits", pick("age")), "KEY_REFUSED", "canonical");
    }

    @Test
    void unwrapKeys_agreementBySomebodyElsesProvider_isRefused() throws IOException {
        Party impostor = Party.named("health");
        Agreement forged = impostor.agreement(developer, "visits");
        JsonObject answer =
                vault.unwrapKeys(forged, List.of(impostor.sign(forged), developer.sign(forged)), "visits", pick("age"));
        assertRefused(answer, "KEY_REFUSED", "not signed by the provider of dataset 'visits'");
    }

    @Test
    void unwrapKeys_oneKeyForBothParties_isRefused() throws IOException {
        Agreement alone = provider.agreement(new Party("dev", provider.key()), "visits");
        JsonObject answer = vault.unwrapKeys(alone, List.of(provider.sign(alone)), "visits", pick("age"));
        assertRefused(answer, "KEY_REFUSED", "one key for both");
    }

    @Test
    void unwrapKeys_datasetNameSwapped_isRefused() throws IOException {
        IngestOrder other = provider.order("payments", "persons");
        vault.newTableKeys(other, provider.sign(other), "payments", COLUMNS);
        assertRefused(
                vault.unwrapKeys(agreement, signatures, "payments", pick("age")), "KEY_REFUSED", "does not cover");
        Agreement both = provider.agreement(developer, List.of("visits", "payments"));
        List<Signature> signed = List.of(provider.sign(both), developer.sign(both));
        assertRefused(vault.unwrapKeys(both, signed, "payments", pick("age")), "KEY_REFUSED", "does not open");
        assertThat(vault.unwrapKeys(both, signed, "visits", pick("age")).has("ok"))
                .isTrue();
    }

    @Test
    void unwrapKeys_problemTable_isNotCovered() throws IOException {
        assertRefused(
                vault.unwrapKeys(agreement, signatures, "visits.problems", pick("age")),
                "KEY_REFUSED",
                "does not cover");
    }

    @Test
    void unwrapKeys_byIngestOrder_opensTheLogOnly() throws IOException {
        IngestOrder order = provider.order("visits", "persons");
        assertThat(unwrapByOrder(order, provider.sign(order), "__log")
                        .object("ok")
                        .object("keys")
                        .string("__log"))
                .isEqualTo(ingested.object("keys").string("__log"));
        for (String column : new String[] {"age", "__unit", "__footer"}) {
            assertRefused(unwrapByOrder(order, provider.sign(order), column), "KEY_REFUSED", "'" + column + "'");
        }
        IngestOrder forged = Party.named("health").order("visits", "persons");
        assertRefused(unwrapByOrder(forged, provider.sign(forged), "__log"), "KEY_REFUSED", "not signed");
    }

    @Test
    void newTableKeys_secondBatch_hasNewKeysAndTheSameSecret() throws IOException {
        IngestOrder order = provider.order("visits", "persons");
        JsonObject second = vault.newTableKeys(order, provider.sign(order), "visits", COLUMNS)
                .object("ok");
        assertThat(second.string("unitSecret")).isEqualTo(ingested.string("unitSecret"));
        assertThat(second.stringMap("keys").values())
                .doesNotContainAnyElementsOf(ingested.stringMap("keys").values());
        Map<String, String> again = Map.of("age", second.object("wrapped").string("age"));
        assertThat(vault.unwrapKeys(agreement, signatures, "visits", again).has("ok"))
                .isTrue();
    }

    @Test
    void newTableKeys_problemTable_isAllowedAndOtherDatasetIsNot() throws IOException {
        IngestOrder order = provider.order("visits", "persons");
        Signature signature = provider.sign(order);
        assertThat(vault.newTableKeys(order, signature, "visits.problems", "row", "__footer")
                        .has("ok"))
                .isTrue();
        assertRefused(vault.newTableKeys(order, signature, "payments", "age"), "KEY_REFUSED", "'payments'");
    }

    @Test
    void newTableKeys_otherProviderOrFamily_isRefusedByThePin() throws IOException {
        IngestOrder stolen = Party.named("health").order("visits", "persons");
        assertRefused(vault.newTableKeys(stolen, provider.sign(stolen), "visits", "age"), "KEY_REFUSED", "not signed");
        Party impostor = Party.named("health");
        IngestOrder own = impostor.order("visits", "persons");
        assertRefused(
                vault.newTableKeys(own, impostor.sign(own), "visits", "age"), "KEY_REFUSED", "belongs to provider");
        IngestOrder moved = provider.order("visits", "firms");
        assertRefused(vault.newTableKeys(moved, provider.sign(moved), "visits", "age"), "KEY_REFUSED", "'persons'");
    }

    @Test
    void newTableKeys_noColumnsOrTheSameTwice_isBadRequest() throws IOException {
        IngestOrder order = provider.order("visits", "persons");
        assertRefused(vault.newTableKeys(order, provider.sign(order), "visits"), "BAD_REQUEST", "columns");
        assertRefused(
                vault.newTableKeys(order, provider.sign(order), "visits", "age", "age"), "BAD_REQUEST", "columns");
    }

    @Test
    void noiseSecret_familyOfGrantedDataset_isStableAndNotTheUnitSecret() throws IOException {
        String secret = noise("persons").object("ok").string("secret");
        assertThat(noise("persons").object("ok").string("secret")).isEqualTo(secret);
        assertThat(secret).isNotEqualTo(ingested.string("unitSecret"));
        assertRefused(noise("firms"), "KEY_REFUSED", "'firms'");
        vault.clock.now = Party.UNTIL;
        assertRefused(noise("persons"), "AGREEMENT_NOT_IN_FORCE");
    }

    @Test
    void answer_unknownOpOrSealingKey_isRefused() throws IOException {
        assertRefused(vault.question(Json.object("op", "masterKey")), "BAD_REQUEST");
        for (String sealTo : new String[] {"", "hpke:", "hpke:AAAA", "ed25519:AAAA"}) {
            JsonObject answer =
                    vault.ask("op", "engineQuestion", "sealTo", sealTo, "question", noiseQuestion("persons"));
            assertRefused(answer, "BAD_REQUEST", "sealing key");
        }
    }

    @Test
    void restart_afterIngest_opensTheSameKeys() throws IOException {
        String noise = noise("persons").object("ok").string("secret");
        Map<String, Object> keys = vault.ok("op", "publicKeys").asMap();
        vault.restart();
        assertThat(unwrapAge().object("ok").object("keys").string("age"))
                .isEqualTo(ingested.object("keys").string("age"));
        assertThat(noise("persons").object("ok").string("secret")).isEqualTo(noise);
        assertThat(vault.ok("op", "publicKeys").asMap()).isEqualTo(keys);
    }

    @Test
    void log_wholeProtocol_holdsNoSecret() throws IOException {
        String noise = noise("persons").object("ok").string("secret");
        unwrapAge();
        unwrapKeysOfHidden();
        String log = vault.logText();
        assertThat(log)
                .contains("\"jobId\":\"job-1\"")
                .contains("\"question\":\"unwrapKeys\"")
                .contains("KEY_REFUSED");
        ingested.stringMap("keys").values().forEach(key -> assertThat(log).doesNotContain(key));
        wrapped.values().forEach(key -> assertThat(log).doesNotContain(key));
        assertThat(log).doesNotContain(noise).doesNotContain(ingested.string("unitSecret"));
        assertThat(log.lines())
                .allSatisfy(line -> assertThat(Json.parseObject(line).has("at")).isTrue());
    }

    @Test
    void destroyDataset_byItsProvider_makesKeysUnreadableForGood() throws IOException {
        DestroyOrder order = new DestroyOrder("visits", vault.clock.now);
        Party stranger = Party.named("health");
        Signature forged = stranger.key().sign(DestroyOrder.TYPE, order.toText());
        assertRefused(destroy(order, forged), "KEY_REFUSED", "not signed by its provider");
        assertThat(unwrapAge().has("ok")).isTrue();

        Signature signature = provider.key().sign(DestroyOrder.TYPE, order.toText());
        assertThat(destroy(order, signature).object("ok").longValue("keysDestroyed"))
                .isEqualTo(COLUMNS.length);
        assertRefused(unwrapAge(), "KEY_REFUSED", "destroyed");
        IngestOrder again = provider.order("visits", "persons");
        assertRefused(vault.newTableKeys(again, provider.sign(again), "visits", "age"), "KEY_REFUSED", "destroyed");
    }

    private JsonObject destroy(DestroyOrder order, Signature signature) throws IOException {
        return vault.ask("op", "destroyDataset", "order", order.toText(), "signature", signature.toJson());
    }

    private JsonObject unwrapAge() throws IOException {
        return vault.unwrapKeys(agreement, signatures, "visits", pick("age"));
    }

    private JsonObject unwrapKeysOfHidden() throws IOException {
        return vault.unwrapKeys(agreement, signatures, "visits", pick("hidden"));
    }

    private JsonObject unwrapByOrder(IngestOrder order, Signature signature, String column) throws IOException {
        return vault.question(Json.object(
                "op", "unwrapKeys",
                "order", order.toText(),
                "signature", signature.toJson(),
                "dataset", "visits",
                "columns", RunningVault.columns(pick(column))));
    }

    private JsonObject noise(String family) throws IOException {
        return vault.question(noiseQuestion(family));
    }

    private Map<String, Object> noiseQuestion(String family) {
        return Json.object(
                "op",
                "noiseSecret",
                "id",
                1,
                "jobId",
                RunningVault.JOB,
                "agreement",
                agreement.toText(),
                "signatures",
                signatures.stream().map(Signature::toJson).toList(),
                "family",
                family);
    }

    private Map<String, String> pick(String... columns) {
        Map<String, String> picked = new java.util.TreeMap<>();
        for (String column : columns) {
            picked.put(column, text(wrapped, column));
        }
        return picked;
    }

    private static String text(Map<String, String> map, String key) {
        return map.getOrDefault(key, "");
    }

    private static void assertRefused(JsonObject answer, String code, String... words) {
        assertThat(answer.asMap()).containsEntry("refused", code).doesNotContainKey("ok");
        for (String word : words) {
            assertThat(answer.string("detail")).contains(word);
        }
    }
}
