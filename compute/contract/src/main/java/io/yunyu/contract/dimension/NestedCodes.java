package io.yunyu.contract.dimension;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Codes that nest by their first characters, such as those of administrative divisions (GB/T 2260: two digits for the
 * province, four for the prefecture, six for the county). A level's groups are unions of groups of the next one.
 *
 * @param levels coarsest first, each with more characters than the one before
 * @param length of a value; more than the finest level's characters where values are finer than what may be asked for
 * @param codes the codes of the finest level
 */
public record NestedCodes(List<Level> levels, int length, List<String> codes) implements Dimension {
    static final String KIND = "nested";
    private static final int LONGEST = 32;
    private static final int MOST_LEVELS = 8;

    /** @param digits number of leading characters that name a group of the level */
    public record Level(String name, int digits) {
        public Level {
            if (!name.matches("[a-z][a-z0-9_]{0,31}")) {
                throw new JsonException("A level's name has 1 to 32 lower-case letters, digits and underscores.");
            }
        }
    }

    public NestedCodes {
        levels = List.copyOf(levels);
        codes = CodeList.checked(codes);
        int before = 0;
        for (Level level : levels) {
            if (level.digits <= before) {
                throw new JsonException("Levels of a dimension come coarsest first, each with more digits.");
            }
            before = level.digits;
        }
        if (levels.isEmpty()
                || levels.size() > MOST_LEVELS
                || levels.stream().map(Level::name).distinct().count() != levels.size()) {
            throw new JsonException("A nested dimension has 1 to " + MOST_LEVELS + " levels of different names.");
        }
        int finest = before;
        if (length < finest || length > LONGEST) {
            throw new JsonException("Member 'length' of a dimension is at least the finest level's digits and at most "
                    + LONGEST + ".");
        }
        if (codes.stream().anyMatch(c -> c.length() != finest)) {
            throw new JsonException("Codes of a nested dimension have as many digits as its finest level.");
        }
    }

    public Level finest() {
        return levels.get(levels.size() - 1);
    }

    public Optional<Level> level(String name) {
        return levels.stream().filter(l -> l.name.equalsIgnoreCase(name)).findFirst();
    }

    /** Whether the values themselves are codes of the finest level. */
    public boolean valuesAreCodes() {
        return length == finest().digits;
    }

    /** The codes of a level, in the order of the list. */
    public Set<String> codesOf(Level level) {
        return codes.stream()
                .map(c -> c.substring(0, level.digits))
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    @Override
    public boolean fits(String type) {
        return type.equals("STRING");
    }

    @Override
    public Map<String, Object> toJson() {
        return Json.object(
                "kind",
                KIND,
                "levels",
                levels.stream()
                        .map(l -> Json.object("name", l.name, "digits", l.digits))
                        .toList(),
                "length",
                length,
                "codes",
                codes);
    }

    static NestedCodes parse(JsonObject json) {
        json.onlyMembers(Set.of("kind", "levels", "length", "codes"));
        List<Level> levels = json.objects("levels").stream()
                .map(l -> l.onlyMembers(Set.of("name", "digits")))
                .map(l -> new Level(l.string("name"), l.intValue("digits")))
                .toList();
        return new NestedCodes(levels, json.intValue("length"), json.strings("codes"));
    }
}
