package io.yunyu.cli.generate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names of people. Surnames by their frequency in Yunnan; some groups have forms of their own, with a middle dot. */
final class Names {
    private static final byte[] DOT = WordList.utf8("·");
    private static final byte[] FOREIGN_DOT = WordList.utf8("•");
    private static final byte[] WIDE_SPACE = WordList.utf8("\u3000");
    private static final int HAN_BYTES = 3;

    private final Map<String, WordList> parts = new HashMap<>();
    private final Style[] styles;

    private enum Style {
        HAN,
        TIBETAN,
        DAI,
        DOTTED
    }

    Names(List<String> ethnicGroups) {
        Resource.lines("names.csv").forEach(line -> parts.put(line[0], WordList.parse(line)));
        styles = ethnicGroups.stream().map(Names::style).toArray(Style[]::new);
    }

    /** Writes the name field. @param variant whether to misspell it: another dot, or a full-width space after the first character */
    void write(Csv csv, Person person, int ethnicGroup, Draws draws, boolean variant) {
        switch (draws.chance(0.6) ? styles[ethnicGroup] : Style.HAN) {
            case TIBETAN -> dotted(csv, part("tibetan-first", draws), part("tibetan-second", draws), variant);
            case DAI ->
                plain(csv, part(person.male ? "dai-male" : "dai-female", draws), Codes.EMPTY, Codes.EMPTY, variant);
            case DOTTED -> dotted(csv, part("dotted-first", draws), part("dotted-second", draws), variant);
            case HAN -> {
                byte[] surname = part("surname", draws);
                byte[] middle = draws.chance(0.7) ? part("both", draws) : Codes.EMPTY;
                plain(csv, surname, middle, part(person.male ? "male" : "female", draws), variant);
            }
        }
    }

    private static void dotted(Csv csv, byte[] first, byte[] second, boolean variant) {
        byte[] dot = variant ? FOREIGN_DOT : DOT;
        csv.piece(first, first.length).piece(dot, dot.length).text(second);
    }

    private static void plain(Csv csv, byte[] first, byte[] second, byte[] third, boolean variant) {
        csv.piece(first, variant ? HAN_BYTES : first.length);
        if (variant) {
            csv.piece(WIDE_SPACE, WIDE_SPACE.length).piece(first, HAN_BYTES, first.length - HAN_BYTES);
        }
        csv.piece(second, second.length).text(third);
    }

    private byte[] part(String kind, Draws draws) {
        WordList list = parts.get(kind);
        if (list == null) {
            throw new IllegalStateException("The word list names.csv has no line " + kind + ".");
        }
        return list.pick(draws);
    }

    private static Style style(String group) {
        return switch (group) {
            case "藏族" -> Style.TIBETAN;
            case "傣族" -> Style.DAI;
            case "独龙族", "傈僳族", "怒族" -> Style.DOTTED;
            default -> Style.HAN;
        };
    }
}
