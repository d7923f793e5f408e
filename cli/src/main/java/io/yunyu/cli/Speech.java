package io.yunyu.cli;

import io.yunyu.contract.language.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import picocli.CommandLine;

/** Which language the command line speaks, and its help in Chinese. */
final class Speech {
    private static final String OPTION = "--lang";

    private Speech() {}

    /** What {@code --lang} says, before anything else is understood, else what the environment says; empty if it is neither language. */
    static Optional<Language> of(List<String> args, Map<String, String> environment) {
        for (int i = 0; i < args.size(); i++) {
            String argument = args.get(i);
            if (argument.startsWith(OPTION + "=")) {
                return Language.of(argument.substring(OPTION.length() + 1));
            } else if (argument.equals(OPTION)) {
                return i + 1 < args.size() ? Language.of(args.get(i + 1)) : Optional.empty();
            }
        }
        return Optional.of(Language.ofEnvironment(environment));
    }

    /** Gives the commands their help in the chosen language; what the resource lacks stays English. */
    static void help(CommandLine line) {
        if (io.yunyu.cli.client.Console.language() == Language.ENGLISH) {
            return;
        }
        try (InputStream in = Speech.class.getResourceAsStream("help_zh.properties")) {
            if (in == null) {
                throw new IllegalStateException("The resource help_zh.properties is missing.");
            }
            line.setResourceBundle(new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
