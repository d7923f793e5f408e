package io.yunyu.contract.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sentence of the platform in both languages: the fixed parts of the English form, between which its parameters
 * stand, and the Chinese form with {@code {0}}, {@code {1}} and so on in their
 * places, {@code {0!}} for one that is a sentence itself.
 */
record Phrase(String english, List<String> parts, String chinese) {
    private static final Pattern PLACE = Pattern.compile("\\{([0-9])(!?)}");

    /** @param english with {@code {}} for each parameter */
    static Phrase of(String english, String chinese) {
        List<String> parts = List.of(english.split("\\{}", -1));
        Matcher places = PLACE.matcher(chinese);
        while (places.find()) {
            if (Integer.parseInt(places.group(1)) > parts.size() - 2) {
                throw new IllegalStateException("A translation has more parameters than its sentence: " + english);
            }
        }
        return new Phrase(english, parts, chinese);
    }

    /** Length of what is fixed: of two phrases that fit, the one with more fixed text is meant. */
    int weight() {
        return parts.stream().mapToInt(String::length).sum();
    }

    /** The parameters, if the text is this sentence: each as short as it can be. Linear in the text. */
    Optional<List<String>> parametersOf(String text) {
        if (parts.size() == 1) {
            return text.equals(english) ? Optional.of(List.of()) : Optional.empty();
        }
        String last = parts.get(parts.size() - 1);
        int end = text.length() - last.length();
        int at = parts.get(0).length();
        if (at > end || !text.startsWith(parts.get(0)) || !text.endsWith(last)) {
            return Optional.empty();
        }
        List<String> parameters = new ArrayList<>();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int next = text.indexOf(part, at);
            if (next < 0 || next + part.length() > end) {
                return Optional.empty();
            }
            parameters.add(text.substring(at, next));
            at = next + part.length();
        }
        parameters.add(text.substring(at, end));
        return Optional.of(parameters);
    }

    /** @param nested says a parameter that is a sentence itself */
    String inChinese(List<String> parameters, UnaryOperator<String> nested) {
        return PLACE.matcher(chinese).replaceAll(place -> {
            String parameter = parameters.get(Integer.parseInt(place.group(1)));
            return Matcher.quoteReplacement(place.group(2).isEmpty() ? parameter : nested.apply(parameter));
        });
    }
}
