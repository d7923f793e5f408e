package io.yunyu.ledger.release;

import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stand-alone verifier: {@code FILE --trust KEY [--since CHECKPOINT] [--json]}. Needs no network and no
 * installation. Exit code 0 means verified, 1 not verified, 2 wrong usage or an unreadable file.
 */
public final class VerifyMain {
    private static final String USAGE = "Usage: verify-release FILE --trust trust.pub [--since CHECKPOINT] [--json]";
    private static final long MAX_BUNDLE_BYTES = 1L << 30;

    private VerifyMain() {}

    public static void main(String[] args) {
        System.exit(run(args, Language.ofEnvironment(System.getenv()), System.out, System.err));
    }

    /** Runs the verifier in English and gives the exit code. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, Language.ENGLISH, out, err);
    }

    /** Runs the verifier and gives the exit code. With {@code --json} names of checks and members stay as they are. */
    public static int run(String[] args, Language language, PrintStream out, PrintStream err) {
        boolean json = List.of(args).contains("--json");
        try {
            Arguments arguments = Arguments.parse(args);
            TrustAnchor trust = TrustAnchor.parse(read(arguments.trust()));
            byte[] bundle = bundle(Path.of(arguments.file()));
            VerificationReport report = report(bundle, trust, arguments.since());
            print(report, json, language, out);
            return report.verified() ? 0 : 1;
        } catch (JsonException | InvalidPathException e) {
            return refuse(Phrases.say(String.valueOf(e.getMessage()), language), json, err);
        } catch (NoSuchFileException e) {
            return refuse(Phrases.say("There is no file " + e.getFile() + ".", language), json, err);
        } catch (IOException e) {
            return refuse(Phrases.say("A file cannot be read: " + e.getMessage(), language), json, err);
        }
    }

    private static VerificationReport report(byte[] bundle, TrustAnchor trust, @Nullable String since)
            throws IOException {
        if (since == null) {
            return ReleaseVerifier.verify(bundle, trust, Optional.empty());
        }
        String note = note(since);
        try {
            return ReleaseVerifier.verify(
                    bundle, trust, Optional.of(trust.logKey().open(note)));
        } catch (JsonException e) {
            VerificationReport report = ReleaseVerifier.verify(bundle, trust, Optional.<Checkpoint>empty());
            List<VerificationReport.Check> checks = new ArrayList<>(report.checks());
            checks.add(new VerificationReport.Check("since", false, "The checkpoint you hold: " + e.getMessage()));
            return new VerificationReport(checks);
        }
    }

    /** The note itself, a file with it, or a JSON file with a member {@code checkpoint}. */
    private static String note(String since) throws IOException {
        String text = since.contains("\n") ? since : read(since);
        return text.stripLeading().startsWith("{") ? Json.parseObject(text).string("checkpoint") : text;
    }

    private static String read(String file) throws IOException {
        return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
    }

    private static byte[] bundle(Path file) throws IOException {
        if (Files.size(file) > MAX_BUNDLE_BYTES) {
            throw new JsonException("The file is larger than any release bundle.");
        }
        return Files.readAllBytes(file);
    }

    private static void print(VerificationReport report, boolean json, Language language, PrintStream out) {
        if (json) {
            out.println(Json.write(report.toJson()));
            return;
        }
        for (VerificationReport.Check check : report.checks()) {
            out.printf(
                    "%-7s %-19s %s%n",
                    Phrases.say(check.ok() ? "ok" : "NOT OK", language),
                    check.name(),
                    Phrases.say(check.detail(), language));
        }
        out.println(Phrases.say(report.verified() ? "verified" : "NOT VERIFIED", language));
    }

    private static int refuse(String detail, boolean json, PrintStream err) {
        err.println(
                json
                        ? Json.write(Json.object(
                                "type", "about:blank",
                                "title", "Bad request",
                                "status", 400,
                                "code", "BAD_REQUEST",
                                "detail", detail))
                        : detail);
        return 2;
    }

    private record Arguments(String file, String trust, @Nullable String since) {
        static Arguments parse(String[] args) {
            String file = null;
            String trust = null;
            String since = null;
            for (int i = 0; i < args.length; i++) {
                boolean takesValue = args[i].equals("--trust") || args[i].equals("--since");
                if (takesValue && i + 1 == args.length || file != null && !args[i].startsWith("--")) {
                    throw new JsonException(USAGE);
                }
                switch (args[i]) {
                    case "--trust" -> trust = args[++i];
                    case "--since" -> since = args[++i];
                    case "--json" -> {}
                    default -> {
                        if (args[i].startsWith("--")) {
                            throw new JsonException(USAGE);
                        }
                        file = args[i];
                    }
                }
            }
            if (file == null || trust == null) {
                throw new JsonException(USAGE);
            }
            return new Arguments(file, trust, since);
        }
    }
}
