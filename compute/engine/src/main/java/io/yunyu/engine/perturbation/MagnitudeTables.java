package io.yunyu.engine.perturbation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The perturbation tables of a magnitude: one for all cells or one per parity of contributors, maybe one for small cells. */
public final class MagnitudeTables {
    private final Map<TableType, PerturbationTable> tables = new EnumMap<>(TableType.class);

    private MagnitudeTables(List<PerturbationTable> given) {
        for (PerturbationTable table : given) {
            if (tables.put(table.type(), table) != null) {
                throw new IllegalArgumentException(
                        "There are two tables of type " + table.type() + "; give one of each.");
            }
        }
        boolean all = tables.containsKey(TableType.ALL);
        boolean even = tables.containsKey(TableType.EVEN);
        boolean odd = tables.containsKey(TableType.ODD);
        if (even != odd || all == even) {
            throw new IllegalArgumentException("Tables are of types " + tables.keySet()
                    + "; give either ALL, or EVEN and ODD, and maybe SMALL_CELLS.");
        }
    }

    /** Collects tables of different types: ALL, or EVEN and ODD; with SMALL_CELLS small cells are treated apart. */
    public static MagnitudeTables of(PerturbationTable... tables) {
        return new MagnitudeTables(Stream.of(tables).toList());
    }

    boolean byParity() {
        return tables.containsKey(TableType.EVEN);
    }

    Optional<PerturbationTable> smallCells() {
        return Optional.ofNullable(tables.get(TableType.SMALL_CELLS));
    }

    PerturbationTable forContributors(long contributors) {
        TableType type = byParity() ? (contributors % 2 == 0 ? TableType.EVEN : TableType.ODD) : TableType.ALL;
        PerturbationTable table = tables.get(type);
        if (table == null) {
            throw new IllegalStateException(
                    "The table of type " + type + " is missing though its presence was checked.");
        }
        return table;
    }
}
