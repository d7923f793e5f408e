package io.yunyu.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the sentences that a module says to people, by reading its source: string literals among the arguments of calls
 * through which texts leave. What is no literal becomes {@code {}}.
 */
final class Sentences {
    private static final Pattern CALL = Pattern.compile(
            "(?:InputException|ProblemException|new Problem|JsonException|ContainerException"
                    + "|Console\\.progress|Console\\.result|Console\\.status|\\bbad|\\bmalformed|Refusals\\.\\w+|\\.form|\\bfinding"
                    + "|problem|KeyAccessDenied|ChannelException|LedgerRefusedException|LedgerException|step|refused|refuse|unreadable)\\(");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private Sentences() {}

    /** Template to the file that says it, over a module's main sources. */
    static Map<String, String> of(Path module) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                for (String template : in(Files.readString(file))) {
                    found.putIfAbsent(template, file.getFileName().toString());
                }
            }
        }
        return found;
    }

    private static List<String> in(String source) {
        List<String> found = new ArrayList<>();
        Matcher calls = CALL.matcher(source);
        while (calls.find()) {
            for (String argument : split(arguments(source, calls.end()), ',')) {
                String template = template(argument);
                // A sentence begins with a capital and ends with a full stop or a colon; the rest are names.
                if (template.matches("(?s)[A-Z{'].*[ ].*") && template.matches("(?s).*[a-z]{2}.*")) {
                    found.add(template);
                }
            }
        }
        return found;
    }

    private static String template(String argument) {
        StringBuilder out = new StringBuilder();
        boolean text = false;
        for (String part : split(argument, '+')) {
            Matcher literal = LITERAL.matcher(part.strip());
            if (literal.matches()) {
                out.append(literal.group(1)
                        .replace("\\n", "\n")
                        .replace("\\\"", "\"")
                        .replace("\\\\", "\\"));
                text = true;
            } else {
                out.append(out.toString().endsWith("{}") ? "" : "{}");
            }
        }
        return text ? out.toString() : "";
    }

    /** What lies between a call's parentheses. */
    private static String arguments(String source, int from) {
        int depth = 1;
        boolean quoted = false;
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '(' || c == '{' || c == '[') {
                depth++;
            } else if ((c == ')' || c == '}' || c == ']') && --depth == 0) {
                return source.substring(from, i);
            }
        }
        return "";
    }

    /** Splits at a character outside of quotes and parentheses. */
    private static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '(' || c == '{' || c == '[') {
                depth++;
            } else if (c == ')' || c == '}' || c == ']') {
                depth--;
            } else if (c == at && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** For writing the list of phrases: the modules' sentences, with where they are said. */
    public static void main(String[] args) throws IOException {
        for (String module : args) {
            System.out.println("# " + module);
            of(Path.of(module))
                    .forEach((sentence, file) -> System.out.println(sentence.replace("\n", "\\n") + "\t" + file));
        }
    }
}
