package io.yunyu.launcher;

import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a hostile engine might try, run inside the real sandbox. Every attempt first verifies that it is inside its own
 * namespaces and not root, and does nothing otherwise. Its only targets are listeners that the test opened on loopback.
 */
final class AttackProgram {
    private AttackProgram() {}

    /** The result of the attempt as text: {@code refused: …} or what was reached. */
    static byte[] attempt(String name, JsonObject job) throws IOException {
        requireOwnNamespaces(Facts.of(job));
        String found;
        try {
            found = Attempts.run(name, Facts.of(job));
        } catch (IOException | RuntimeException | Error e) {
            found = "refused: " + e.getClass().getSimpleName() + " " + e.getMessage();
        }
        return found.getBytes(StandardCharsets.UTF_8);
    }

    private static void requireOwnNamespaces(java.util.Map<String, String> facts) throws IOException {
        for (String namespace : new String[] {"user", "pid", "net", "mnt", "ipc", "uts"}) {
            String own = Files.readSymbolicLink(Path.of("/proc/self/ns/" + namespace))
                    .toString();
            String hosts = facts.get("ns." + namespace);
            if (hosts == null || hosts.equals(own)) {
                throw new IllegalStateException("not in a namespace of its own, so nothing is attempted: " + namespace);
            }
        }
        if ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0) {
            throw new IllegalStateException("running as root, so nothing is attempted");
        }
    }
}
