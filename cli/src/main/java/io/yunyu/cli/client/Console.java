package io.yunyu.cli.client;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import io.yunyu.contract.problem.Problem;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Results on stdout, progress on stderr, both UTF-8 whatever the locale. */
public final class Console {
    private static final PrintStream OUT =
            new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    private static final PrintStream ERR =
            new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);

    private static volatile Language language = Language.ENGLISH;

    private Console() {}

    /** In which language everything from now on is said; {@code --json} keeps codes and members as they are. */
    public static void speak(Language chosen) {
        language = chosen;
    }

    public static Language language() {
        return language;
    }

    /** A sentence of ours in the chosen language, its indentation kept. */
    public static String say(String english) {
        String body = english.strip();
        int from = body.isEmpty() ? 0 : english.indexOf(body);
        return english.substring(0, from) + Phrases.say(body, language) + english.substring(from + body.length());
    }

    public static void result(String text) {
        OUT.println(say(text));
    }

    public static void result(Map<String, Object> members) {
        OUT.println(Json.write(members));
    }

    public static void progress(String text) {
        ERR.println(say(text));
    }

    /** A line that the next one may overwrite, where stderr is a terminal; nothing elsewhere. */
    public static void status(String text) {
        overwrite(say(text));
    }

    /** As above, with the time taken. */
    public static void status(String text, Duration taken) {
        overwrite(say(text) + "  " + taken.toSeconds() + " s");
    }

    private static void overwrite(String text) {
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
                    "title", Phrases.title(problem.code(), language),
                    "status", problem.code().httpStatus(),
                    "code", problem.code().name(),
                    "detail", Phrases.detail(problem, language)));
        } else {
            progress("yunyu: " + Phrases.detail(problem, language) + " [" + problem.code() + "]");
        }
    }

    static PrintStream out() {
        return OUT;
    }
}
