package io.yunyu.contract.language;

import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says the platform's sentences in the reader's language, at the edge: the command line, the API and the pages.
 *
 * <p>Between processes, in the database and in signed documents a sentence is English, and is what identifies it: it is
 * recognised by its fixed words, its parameters (names of columns and files, limits, codes; never a value of a record)
 * are taken out of it and put into its Chinese form. A text that is none of ours stays as it is.
 */
public final class Phrases {
    /** Nested sentences: an error may quote another one. */
    private static final int MAX_DEPTH = 3;

    private static final int MAX_LENGTH = 20_000;
    private static final Pattern IDEOGRAPH = Pattern.compile("\\p{IsHan}");
    private static final List<Phrase> ALL = read("phrases_zh.txt");

    private Phrases() {}

    public static String say(String english, Language language) {
        return language == Language.ENGLISH ? english : chinese(english).orElse(english);
    }

    /** A problem's detail; one that nobody translated is put under the Chinese name of its code. */
    public static String detail(Problem problem, Language language) {
        if (language == Language.ENGLISH || IDEOGRAPH.matcher(problem.detail()).find()) {
            return say(problem.detail(), language);
        }
        return chinese(problem.detail())
                .orElseGet(() -> title(problem.code(), language) + "（" + problem.detail() + "）");
    }

    /** What a code means, in a few words. */
    public static String title(ProblemCode code, Language language) {
        return language == Language.ENGLISH
                ? code.name()
                : chinese("code:" + code.name()).orElse(code.name());
    }

    /** The Chinese form, if the text is one of the platform's sentences. */
    public static Optional<String> chinese(String english) {
        return chinese(english, MAX_DEPTH);
    }

    private static Optional<String> chinese(String english, int depth) {
        if (depth == 0 || english.isBlank() || english.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        for (Phrase phrase : ALL) {
            Optional<List<String>> parameters = phrase.parametersOf(english);
            if (parameters.isPresent()) {
                return Optional.of(phrase.inChinese(parameters.get(), parameter -> chinese(parameter, depth - 1)
                        .orElse(parameter)));
            }
        }
        return Optional.empty();
    }

    /** English forms of all phrases. */
    public static List<String> english() {
        return ALL.stream().map(Phrase::english).toList();
    }

    /** Pairs of lines, the second begins with {@code =}; empty lines and lines that begin with {@code #} are left out. */
    private static List<Phrase> read(String resource) {
        List<Phrase> phrases = new ArrayList<>();
        try (InputStream in = Phrases.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + resource + " is missing.");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            String english = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("=")) {
                    phrases.add(Phrase.of(
                            unescape(english), unescape(line.substring(1).strip())));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    english = line;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        phrases.sort(Comparator.comparingInt(Phrase::weight).reversed());
        return List.copyOf(phrases);
    }

    private static String unescape(String line) {
        return line.replace("\\n", "\n");
    }
}
