package io.yunyu.engine.certificate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;

/** What the names of a block mean under a grant. Hidden columns do not exist here. */
final class GrantedNames {
    private static final int LONGEST = 100;

    private final AccessGrant grant;
    private final QueryBlock block;

    GrantedNames(AccessGrant grant, QueryBlock block) {
        this.grant = grant;
        this.block = block;
    }

    /** @param column absent for the privacy unit */
    record Named(GrantedTable table, Optional<GrantedColumn> column) {}

    List<GrantedTable> tables() {
        return block.sources().stream().flatMap(s -> table(s).stream()).toList();
    }

    Optional<GrantedTable> table(QueryBlock.Source source) {
        return source.table().size() == 1 ? grant.table(source.table().get(0)) : Optional.empty();
    }

    /** What a column of the text means; empty if nothing that the grant has. */
    Optional<Named> find(UnresolvedAttribute attribute) {
        List<String> parts = Catalyst.list(attribute.nameParts());
        String name = parts.get(parts.size() - 1);
        return parts.size() > 2
                ? Optional.empty()
                : qualified(parts).flatMap(t -> named(t, name)).findFirst();
    }

    private Stream<GrantedTable> qualified(List<String> parts) {
        return block.sources().stream()
                .filter(s -> parts.size() == 1 || s.name().equalsIgnoreCase(parts.get(0)))
                .flatMap(s -> table(s).stream());
    }

    private static Stream<Named> named(GrantedTable table, String name) {
        if (hasUnit(table) && table.unitColumn().equalsIgnoreCase(name)) {
            return Stream.of(new Named(table, Optional.empty()));
        }
        return readable(table).filter(c -> c.name().equalsIgnoreCase(name)).map(c -> new Named(table, Optional.of(c)));
    }

    static boolean hasUnit(GrantedTable table) {
        return !table.unitColumn().equals(GrantedTable.ROW_UNIT);
    }

    private static Stream<GrantedColumn> readable(GrantedTable table) {
        return table.columns().stream()
                .filter(c -> !c.uses().isEmpty()
                        && !(hasUnit(table) && table.unitColumn().equalsIgnoreCase(c.name())));
    }

    /** Readable columns whose names are near a given one: misspelt, or of the same first word, such as age and age_band. */
    List<String> near(UnresolvedAttribute attribute) {
        List<String> parts = Catalyst.list(attribute.nameParts());
        String name = parts.get(parts.size() - 1).toLowerCase(Locale.ROOT);
        if (name.length() > LONGEST) {
            return List.of();
        }
        record Near(String column, int distance) {}
        List<Near> found = new ArrayList<>();
        (parts.size() == 2 ? qualified(parts) : tables().stream())
                .flatMap(GrantedNames::readable)
                .map(GrantedColumn::name)
                .forEach(column -> {
                    String other = column.toLowerCase(Locale.ROOT);
                    int distance = distance(name, other);
                    boolean sameWord =
                            firstWord(name).length() > 2 && firstWord(name).equals(firstWord(other));
                    if (distance > 0 && (distance <= Math.min(2, name.length() / 3) || sameWord)) {
                        found.add(new Near(column, distance));
                    }
                });
        return found.stream()
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::column))
                .map(Near::column)
                .distinct()
                .limit(3)
                .toList();
    }

    /** Granted tables that a name may mean: those spelt nearly so, or the only one there is. */
    List<String> nearTables(QueryBlock.Source source) {
        String name = source.table().get(source.table().size() - 1).toLowerCase(Locale.ROOT);
        if (name.length() > LONGEST) {
            return List.of();
        }
        List<String> free = grant.tables().stream()
                .map(GrantedTable::name)
                .filter(t -> block.sources().stream()
                        .noneMatch(
                                s -> s.table().size() == 1 && s.table().get(0).equalsIgnoreCase(t)))
                .toList();
        List<String> near = free.stream()
                .filter(t -> distance(name, t.toLowerCase(Locale.ROOT)) <= Math.max(1, name.length() / 3))
                .toList();
        return near.isEmpty() && grant.tables().size() == 1 ? free : near;
    }

    private static String firstWord(String name) {
        int end = name.indexOf('_');
        return end < 0 ? name : name.substring(0, end);
    }

    /** Number of insertions, deletions and substitutions (Levenshtein 1966). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int kept = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(kept, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
