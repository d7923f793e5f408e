package io.yunyu.cli.client;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Results on stdout, progress on stderr, both UTF-8 whatever the locale. */
public final class Console {
    private static final PrintStream OUT =
            new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    private static final PrintStream ERR =
            new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);

    private Console() {}

    public static void result(String text) {
        OUT.println(text);
    }

    public static void result(Map<String, Object> members) {
        OUT.println(Json.write(members));
    }

    public static void progress(String text) {
        ERR.println(text);
    }

    /** A line that the next one may overwrite, where stderr is a terminal; nothing elsewhere. */
    public static void status(String text) {
        if (System.console() != null) {
            ERR.print("\r\u001b[K" + text);
            ERR.flush();
        }
    }

    public static void problem(Problem problem, boolean json) {
        if (json) {
            result(Json.object(
                    "type",
                            "urn:yunyu:problem:"
                                    + problem.code()
                                            .name()
                                            .toLowerCase(java.util.Locale.ROOT)
                                            .replace('_', '-'),
                    "title", problem.code().name(),
                    "status", problem.code().httpStatus(),
                    "code", problem.code().name(),
                    "detail", problem.detail()));
        } else {
            progress("yunyu: " + problem.detail() + " [" + problem.code() + "]");
        }
    }

    static PrintStream out() {
        return OUT;
    }
}
