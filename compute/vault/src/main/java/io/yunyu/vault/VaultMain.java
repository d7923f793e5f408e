package io.yunyu.vault;

import io.yunyu.contract.json.Json;
import io.yunyu.vault.store.VaultStartException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * The vault as a process: {@code --home DIR --socket PATH [--origin NAME]}. Prints one line {@code {"ready":true,…}} on
 * stdout when it answers, writes its log to stderr, and ends on SIGTERM. Exit codes: 1 internal, 2 usage, 4 keys that
 * cannot be used, 6 home or socket in use.
 */
public final class VaultMain {
    private static final Set<String> OPTIONS = Set.of("--home", "--socket", "--origin");

    private VaultMain() {}

    public static void main(String[] args) throws InterruptedException {
        VaultLog log = new VaultLog(System.err, Clock.systemUTC());
        Optional<VaultProcess> vault = start(args, System.out, log);
        if (vault.isPresent()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(vault.get(), log), "vault-end"));
            new CountDownLatch(1).await();
        }
    }

    private static Optional<VaultProcess> start(String[] args, PrintStream out, VaultLog log) {
        int code;
        try {
            Map<String, String> options = options(args);
            Path home = Path.of(required(options, "--home"));
            Path socket = Path.of(required(options, "--socket"));
            Optional<String> origin = Optional.ofNullable(options.get("--origin"));
            VaultProcess vault = VaultProcess.start(home, socket, origin, Clock.systemUTC(), log);
            Map<String, Object> ready = new LinkedHashMap<>(vault.publicKeys());
            ready.put("ready", true);
            ready.put("socket", socket.toString());
            out.println(Json.write(ready));
            out.flush();
            return Optional.of(vault);
        } catch (VaultStartException e) {
            log.event("not-started", String.valueOf(e.getMessage()));
            code = e.exitCode();
        } catch (InvalidPathException e) {
            log.event("not-started", "A path is not valid.");
            code = 2;
        } catch (IOException | RuntimeException e) {
            // The outermost door: the type alone, for a message may quote a file.
            log.event("not-started", e.getClass().getSimpleName() + " while starting; is the disk full or read-only?");
            code = 1;
        }
        System.exit(code);
        return Optional.empty();
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length || options.put(args[i], args[i + 1]) != null) {
                throw usage();
            }
        }
        return options;
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw usage();
        }
        return value;
    }

    private static VaultStartException usage() {
        return new VaultStartException(2, "Usage: vault --home DIR --socket PATH [--origin NAME]");
    }

    private static void close(VaultProcess vault, VaultLog log) {
        try {
            vault.close();
            log.event("ended", "on signal");
        } catch (IOException e) {
            log.event("ended", "the socket could not be removed");
        }
    }
}
