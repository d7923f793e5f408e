package io.yunyu.contract.language;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The two languages in which Yunyu speaks to people. Codes, rules and names of columns are the same in both. */
public enum Language {
    ENGLISH("en"),
    CHINESE("zh");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** {@code en} or {@code zh}. */
    public String tag() {
        return tag;
    }

    /** @param tag such as {@code zh}, {@code zh_CN.UTF-8} or {@code en-GB} */
    public static Optional<Language> of(String tag) {
        String lower = tag.toLowerCase(Locale.ROOT);
        if (lower.matches("zh([-_.@].*)?")) {
            return Optional.of(CHINESE);
        }
        return lower.matches("en([-_.@].*)?") ? Optional.of(ENGLISH) : Optional.empty();
    }

    public static Language of(Locale locale) {
        return locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
    }

    /** What POSIX makes of the environment: the first of LC_ALL, LC_MESSAGES and LANG that is set; English unless it is Chinese. */
    public static Language ofEnvironment(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return of(value).orElse(ENGLISH);
            }
        }
        return ENGLISH;
    }
}
