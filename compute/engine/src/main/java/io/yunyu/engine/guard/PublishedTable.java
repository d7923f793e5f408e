package io.yunyu.engine.guard;

import io.yunyu.contract.encoding.ContentDigest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the guard remembers of a planned publication: which cells of which table are published exactly. Their values are
 * not kept; a later publication is about the same records and computes them again.
 *
 * @param source digest of tables, versions and conditions
 * @param about which records it is about, whatever their version, as far as its conditions tell
 * @param measures what is published of each cell
 * @param sets the grouping sets, each as its sorted columns
 * @param minUnits threshold under which it was protected
 * @param pPercent of the p% rule under which it was protected
 * @param published names of the published cells, see {@link #cell}
 */
public record PublishedTable(
        String source,
        Region about,
        List<String> measures,
        Set<List<String>> sets,
        int minUnits,
        int pPercent,
        Set<String> published) {
    public PublishedTable {
        measures = measures.stream().sorted().toList();
        sets = Set.copyOf(sets);
        published = Set.copyOf(published);
    }

    /**
     * The name of a cell: a digest of its columns and labels, in an order that does not depend on the query. Lengths keep
     * labels that hold separators apart.
     *
     * @param labels {@code column=label}, of the columns that the cell is no total over
     */
    public static String cell(Collection<String> labels) {
        StringBuilder name = new StringBuilder();
        new TreeSet<>(labels)
                .forEach(label -> name.append(label.length()).append(':').append(label));
        return ContentDigest.of(name.toString());
    }

    /** Names no cell. */
    @Override
    public String toString() {
        return "PublishedTable[" + published.size() + " cells]";
    }
}
