package io.yunyu.engine.channel;

import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HybridConfig;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.guard.MemoryGuard;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A vault for tests: real wrapping and real sealing, and a list of columns instead of signatures. What the test did not
 * grant is refused.
 */
public final class FakeVault {
    static {
        try {
            HybridConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final Map<String, byte[]> columnKeys;
    private final List<byte[]> dataKeys;
    private final Map<String, byte[]> secrets;
    private final Set<String> granted = ConcurrentHashMap.newKeySet();
    private final Set<String> refusedOnce = ConcurrentHashMap.newKeySet();
    private final MemoryGuard guard = new MemoryGuard();
    private final List<String> asked = new ArrayList<>();
    private final List<String> paid = new ArrayList<>();

    public FakeVault() {
        this(new ConcurrentHashMap<>(), new CopyOnWriteArrayList<>(), new ConcurrentHashMap<>());
    }

    private FakeVault(Map<String, byte[]> columnKeys, List<byte[]> dataKeys, Map<String, byte[]> secrets) {
        this.columnKeys = columnKeys;
        this.dataKeys = dataKeys;
        this.secrets = secrets;
    }

    /** A vault with the same keys and secrets, which has granted nothing yet and remembers no release. */
    public FakeVault forgetful() {
        return new FakeVault(columnKeys, dataKeys, secrets);
    }

    /** Every data key that this vault made, in the clear: what a test looks for where none may be. */
    public List<byte[]> dataKeys() {
        return List.copyOf(dataKeys);
    }

    /** Lets {@code unwrapKeys} give the column's keys, internal ones included. */
    public FakeVault grant(String dataset, String... columns) {
        for (String column : columns) {
            granted.add(dataset + "|" + column);
        }
        return this;
    }

    /** Refuses the next {@code newTableKeys} of the dataset: what a load meets that is interrupted there. */
    public void refuseNewKeysOnce(String dataset) {
        refusedOnce.add(dataset);
    }

    /** What was asked: the op and dataset of each question, in order. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** What was paid for: the family, the query's digest, and its costs. */
    public synchronized List<String> paid() {
        return List.copyOf(paid);
    }

    /** The answer's payload to a question frame's payload. */
    public synchronized Map<String, Object> answer(JsonObject question, String sealTo) {
        long id = question.longValue("id");
        asked.add(
                question.string("op") + " " + question.optionalString("dataset").orElse("-"));
        if (question.string("op").equals("queryNoise")) {
            paid.add(costs(question));
        }
        if (Set.of("guardEntries", "guardReserve").contains(question.string("op"))) {
            return Json.object("id", id, "guard", guardMemory(question));
        }
        try {
            Map<String, Object> plain =
                    switch (question.string("op")) {
                        case "newTableKeys" -> newTableKeys(question);
                        case "unwrapKeys" -> unwrapKeys(question);
                        case "noiseSecret" ->
                            Json.object("secret", base64(secret("noise " + question.string("family"))));
                        case "queryNoise" -> Json.object("key", base64(secret(costs(question))));
                        case "guardKey" -> Json.object("key", base64(secret("guard " + question.string("family"))));
                        case "guardSeen" -> guardSeen(question);
                        default -> throw new IllegalArgumentException("A question that this test did not expect.");
                    };
            return Json.object("id", id, "sealed", seal(plain, sealTo, question.string("jobId"), id));
        } catch (KeyAccessDenied e) {
            return Json.object("id", id, "refused", "KEY_REFUSED", "detail", e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What its key of a query's noise is the digest of. */
    static String costs(JsonObject question) {
        return question.string("family") + " " + question.string("query") + " rho " + question.longValue("rhoMicros")
                + " delta " + question.longValue("deltaPicos");
    }

    private Map<String, Object> guardSeen(JsonObject question) {
        GuardQuestions.GuardHead head =
                guard.guardSeen(question.string("family"), question.longValue("entries"), question.string("head"));
        return Json.object("entries", head.entries(), "head", head.head());
    }

    /** One entry a page, so that paging is tried. */
    private Map<String, Object> guardMemory(JsonObject question) {
        String family = question.string("family");
        if (question.string("op").equals("guardReserve")) {
            guard.guardReserve(family, Base64.getDecoder().decode(question.string("entry")));
            return Map.of();
        }
        List<byte[]> entries = guard.guardEntries(family);
        List<String> page = entries.stream()
                .skip(question.longValue("from"))
                .limit(1)
                .map(FakeVault::base64)
                .toList();
        return Json.object("entries", page, "of", (long) entries.size());
    }

    private Map<String, Object> newTableKeys(JsonObject question) throws GeneralSecurityException {
        if (!question.has("order") || !question.has("signature")) {
            throw new KeyAccessDenied("no signed order");
        }
        String dataset = question.string("dataset");
        if (refusedOnce.remove(dataset)) {
            throw new KeyAccessDenied("not now");
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        Map<String, Object> wrapped = new LinkedHashMap<>();
        for (String column : question.strings("columns")) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            dataKeys.add(key);
            keys.put(column, base64(key));
            wrapped.put(column, base64(wrap(dataset, column, key)));
        }
        return Json.object("keys", keys, "wrapped", wrapped, "unitSecret", base64(secret("unit")));
    }

    private Map<String, Object> unwrapKeys(JsonObject question) throws GeneralSecurityException {
        String dataset = question.string("dataset");
        Map<String, Object> keys = new LinkedHashMap<>();
        for (JsonObject column : question.objects("columns")) {
            String name = column.string("name");
            boolean ownLog = question.has("order") && name.equals("__log");
            if (!ownLog && !granted.contains(dataset + "|" + name)) {
                throw new KeyAccessDenied("column '" + name + "' is not granted");
            }
            keys.put(name, base64(unwrap(dataset, name, Base64.getDecoder().decode(column.string("wrapped")))));
        }
        return Json.object("keys", keys);
    }

    private byte[] wrap(String dataset, String column, byte[] key) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, dataset, column, nonce).doFinal(key);
        return ByteBuffer.allocate(12 + sealed.length).put(nonce).put(sealed).array();
    }

    private byte[] unwrap(String dataset, String column, byte[] wrapped) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, dataset, column, Arrays.copyOf(wrapped, 12))
                .doFinal(wrapped, 12, wrapped.length - 12);
    }

    private Cipher cipher(int mode, String dataset, String column, byte[] nonce) throws GeneralSecurityException {
        byte[] key = columnKeys.computeIfAbsent(dataset + "|" + column, k -> fresh());
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD((dataset + "|" + column).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static String seal(Map<String, Object> plain, String sealTo, String jobId, long id)
            throws GeneralSecurityException {
        byte[] keyset = Base64.getDecoder().decode(sealTo.substring("hpke:".length()));
        return base64(TinkProtoKeysetFormat.parseKeysetWithoutSecret(keyset)
                .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class)
                .encrypt(Json.bytes(plain), ("yunyu/answer/1 " + jobId + " " + id).getBytes(StandardCharsets.UTF_8)));
    }

    /** The same in every run, so that a test can expect the units' keys. */
    private byte[] secret(String name) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        return secrets.computeIfAbsent(name, n -> digest);
    }

    private byte[] fresh() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return key;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
