package io.yunyu.anonymizer.page;

import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Pieces of HTML and SVG. Whatever comes from data or a specification goes through {@link #escaped}. */
public final class Markup {
    private static final int LONGEST_SHOWN = 21;

    private Markup() {}

    /** Text as it can stand in an element or a quoted attribute; control and direction characters are replaced. */
    public static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isPlain(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    /** Format characters would let a label rewrite the text around it. */
    private static boolean isPlain(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    /** A name or label of the data, shortened to what a chart has room for. */
    public static String shortened(String text) {
        int length = text.codePointCount(0, text.length());
        return escaped(
                length <= LONGEST_SHOWN
                        ? text
                        : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN - 1)) + "…");
    }

    /** The same words in both languages; the page shows one. Markup is allowed, so that the caller escapes. */
    public static String both(String zh, String en) {
        return "<span class=\"zh\" lang=\"zh\">" + zh + "</span><span class=\"en\" lang=\"en\">" + en + "</span>";
    }

    /** One of the program's English sentences, and its Chinese form. */
    static String sentence(String english) {
        return both(escaped(Phrases.say(english, Language.CHINESE)), escaped(english));
    }

    /** Words in both languages inside an SVG. @param attributes of both text elements, but for their class */
    public static String bothInSvg(String kind, String attributes, String zh, String en) {
        return "<text class=\"zh " + kind + "\" " + attributes + ">" + zh + "</text><text class=\"en " + kind + "\" "
                + attributes + ">" + en + "</text>";
    }

    public static String section(String zh, String en, String body) {
        return "<section><h2>" + both(zh, en) + "</h2>" + body + "</section>";
    }

    public static String note(String zh, String en) {
        return "<p class=\"note\">" + both(zh, en) + "</p>";
    }

    static String percent(BigDecimal part) {
        return percent(part.doubleValue());
    }

    /** A part as a percentage of three significant digits; what is neither 0 nor 1 never reads as if it were. */
    public static String percent(double part) {
        double percent = part * 100;
        if (percent > 0 && percent < 0.001) {
            return "&lt; 0.001 %";
        } else if (percent < 100 && percent > 99.9) {
            return "&gt; 99.9 %";
        }
        int digits = percent == 0 || percent == 100 ? 0 : percent >= 10 ? 1 : percent >= 1 ? 2 : 3;
        return fixed(percent, digits) + " %";
    }

    public static String count(long number) {
        StringBuilder digits = new StringBuilder(Long.toString(number));
        for (int at = digits.length() - 3; at > (number < 0 ? 1 : 0); at -= 3) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    static String decimal(double number) {
        return number >= 1000 ? count(Math.round(number)) : String.format(Locale.ROOT, "%.4g", number);
    }

    /** A coordinate. */
    public static String at(double coordinate) {
        return fixed(coordinate, 1);
    }

    /** With this many digits after the point. A page has hundreds of numbers, and String.format takes its time. */
    private static String fixed(double number, int digits) {
        return BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }
}
