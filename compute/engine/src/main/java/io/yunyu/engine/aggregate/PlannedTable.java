package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.Publication;
import io.yunyu.engine.guard.PublishedTable;
import io.yunyu.engine.primary.PrimaryRules;
import io.yunyu.engine.rank.RankAudit;
import io.yunyu.engine.suppression.Requirement;
import io.yunyu.engine.suppression.SuppressionProblem;
import io.yunyu.engine.suppression.TableEquation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a planned publication as a table with totals: which cell is the sum of which, what primary rules flag, and
 * what is left for a solver to decide.
 *
 * <p>The attacker that is assumed knows every cell without a unit, and of counts and of sums without negative parts that
 * they are not negative. The finest cells are in the table, so that every table that satisfies its equations is one that
 * records can have.
 */
final class PlannedTable {
    private static final int MOST_ATOMS = 20_000;

    private final CellPlan plan;
    private final List<Cell> cells;
    private final Map<Place, Integer> numbers = new HashMap<>();
    private final List<TableEquation> equations = new ArrayList<>();
    /** By equation, whether its parts have no unit in common. */
    private final List<Boolean> disjoint = new ArrayList<>();

    /** Where a cell is: what it is a total over, and its labels. */
    private record Place(long summedOver, List<@Nullable Object> labels) {}

    /** @param cells in the order in which they are numbered */
    PlannedTable(CellPlan plan, List<Cell> cells) {
        this.plan = plan;
        this.cells = List.copyOf(cells);
        for (Cell cell : cells) {
            numbers.put(new Place(cell.summedOver(), cell.labels()), numbers.size());
        }
        Set<Long> sets = new LinkedHashSet<>();
        cells.forEach(cell -> sets.add(cell.summedOver()));
        for (long coarse : sets) {
            for (long fine : sets) {
                if (isFiner(fine, coarse)
                        && sets.stream().noneMatch(mid -> isFiner(fine, mid) && isFiner(mid, coarse))) {
                    addEquations(fine, coarse);
                }
            }
        }
    }

    private static boolean isFiner(long fine, long coarse) {
        return fine != coarse && (fine & coarse) == fine;
    }

    private void addEquations(long fine, long coarse) {
        Map<Integer, List<Integer>> parts = new TreeMap<>();
        for (int c = 0; c < cells.size(); c++) {
            if (cells.get(c).summedOver() == fine) {
                parts.computeIfAbsent(containing(c, coarse), t -> new ArrayList<>())
                        .add(c);
            }
        }
        parts.forEach((total, inside) -> {
            equations.add(
                    TableEquation.total(total, inside.stream().mapToInt(i -> i).toArray()));
            long units = inside.stream().mapToLong(i -> cells.get(i).units()).sum();
            disjoint.add(units == cells.get(total).units());
        });
    }

    /** The cell of a coarser set that a cell is part of. */
    private int containing(int cell, long coarse) {
        List<@Nullable Object> labels = new ArrayList<>(cells.get(cell).labels());
        for (int key = 0; key < labels.size(); key++) {
            if ((coarse >>> key & 1) != 0) {
                labels.set(key, null);
            }
        }
        return Objects.requireNonNull(numbers.get(new Place(coarse, labels)));
    }

    int number(Cell cell) {
        return Objects.requireNonNull(numbers.get(new Place(cell.summedOver(), cell.labels())));
    }

    /** The number of the cell at a place; none if it is empty. */
    Optional<Integer> find(long summedOver, List<@Nullable Object> labels) {
        return Optional.ofNullable(numbers.get(new Place(summedOver, labels)));
    }

    List<Cell> cells() {
        return cells;
    }

    /** The names of all cells, for the memory of the guard. */
    List<String> names(PlannedSource source) {
        List<String> keys = new ArrayList<>();
        for (int key = 0; key < plan.keys().size(); key++) {
            keys.add(source.key(key));
        }
        return cells.stream()
                .map(cell -> PublishedTable.cell(labels(cell, keys)))
                .toList();
    }

    private static List<String> labels(Cell cell, List<String> keys) {
        List<String> labels = new ArrayList<>();
        for (int key = 0; key < keys.size(); key++) {
            if (cell.isGroupedBy(key)) {
                Object label = cell.labels().get(key);
                labels.add(keys.get(key) + (label == null ? " is missing" : "=" + label));
            }
        }
        return labels;
    }

    /** By number of a flagged cell the first rule that flags it. */
    Map<Integer, String> flagged(PlannedMeasure measure) {
        Map<Integer, String> flagged = new LinkedHashMap<>();
        for (int c = 0; c < cells.size(); c++) {
            List<String> rules = measure.unsafe(measure.facts(cells.get(c)));
            if (!rules.isEmpty()) {
                flagged.put(c, rules.get(0));
            }
        }
        return flagged;
    }

    /**
     * What is left to decide for one measure. Cells beyond those of the table are groups of flagged ones that a total
     * gives away together: few units are not published as a sum of cells either.
     *
     * @param fixed cells that are published in any case
     * @param free cells that are withheld already and cost nothing more
     */
    SuppressionProblem problem(PlannedMeasure measure, Publication.Cost cost, BitSet fixed, BitSet free) {
        Set<Integer> flagged = flagged(measure).keySet();
        boolean negative = cells.stream().anyMatch(measure::isNegative);
        List<Double> values = new ArrayList<>();
        List<Requirement> requirements = new ArrayList<>();
        for (int c = 0; c < cells.size(); c++) {
            values.add(measure.value(cells.get(c)));
        }
        for (int c : flagged) {
            requirements.add(measure.requirement(c, values.get(c), measure.facts(cells.get(c)), negative));
        }
        requirements.addAll(insiders(measure, flagged, values, List.copyOf(requirements)));
        List<TableEquation> all = new ArrayList<>(equations);
        for (int e = 0; e < equations.size(); e++) {
            addGroup(measure, e, flagged, negative, values, requirements, all);
        }
        double[] weights = new double[values.size()];
        for (int c = 0; c < cells.size(); c++) {
            weights[c] = free.get(c) ? 0 : weight(c, cost);
        }
        double[] lowers = new double[values.size()];
        Arrays.fill(lowers, negative ? Double.NEGATIVE_INFINITY : 0);
        double[] uppers = new double[values.size()];
        Arrays.fill(uppers, Double.POSITIVE_INFINITY);
        return new SuppressionProblem(
                values.stream().mapToDouble(v -> v).toArray(), lowers, uppers, weights, fixed, all, requirements);
    }

    double weight(int cell, Publication.Cost cost) {
        return cost == Publication.Cost.CELLS ? 1 : Math.max(1, cells.get(cell).units());
    }

    /** The flagged parts of a total together, if they are unsafe together. */
    private void addGroup(
            PlannedMeasure measure,
            int equation,
            Set<Integer> flagged,
            boolean negative,
            List<Double> values,
            List<Requirement> requirements,
            List<TableEquation> all) {
        int[] parts = parts(equations.get(equation));
        int[] group = Arrays.stream(parts).filter(flagged::contains).toArray();
        if (group.length < 2 || group.length == parts.length) {
            return;
        }
        PlannedMeasure.Facts together = PlannedMeasure.together(
                Arrays.stream(group).mapToObj(c -> measure.facts(cells.get(c))).toList(), disjoint.get(equation));
        if (!measure.unsafe(together).isEmpty()) {
            double value = Arrays.stream(group).mapToDouble(values::get).sum();
            int number = values.size();
            values.add(value);
            all.add(TableEquation.total(number, group));
            requirements.add(measure.requirement(number, value, together, negative));
        }
    }

    private static int[] parts(TableEquation equation) {
        int[] cells = equation.cells();
        return Arrays.copyOfRange(cells, 1, cells.length);
    }

    /** Somebody who is alone in a flagged cell knows it, and looks at the flagged ones beside it. */
    private List<Requirement> insiders(
            PlannedMeasure measure, Set<Integer> flagged, List<Double> values, List<Requirement> own) {
        Map<Integer, Requirement> byCell = new HashMap<>();
        own.forEach(r -> byCell.put(r.cell(), r));
        Set<List<Integer>> pairs = new LinkedHashSet<>();
        for (TableEquation equation : equations) {
            for (int known : equation.cells()) {
                for (int cell : equation.cells()) {
                    if (flagged.contains(known)
                            && flagged.contains(cell)
                            && cells.get(known).units() == 1
                            && !isSameUnit(known, cell)) {
                        pairs.add(List.of(cell, known));
                    }
                }
            }
        }
        List<Requirement> insiders = new ArrayList<>();
        for (List<Integer> pair : pairs) {
            Requirement all = Objects.requireNonNull(byCell.get(pair.get(0)));
            insiders.add(measure.against(all, values.get(pair.get(0)), pair.get(1)));
        }
        return insiders;
    }

    private boolean isSameUnit(int a, int b) {
        return cells.get(a).sketch(CellPlan.UNITS_ASPECT).equalTo(cells.get(b).sketch(CellPlan.UNITS_ASPECT));
    }

    /**
     * Whether the published cells give back the sum of a group of few units, by whatever sums and differences: linear
     * algebra over the finest cells that are withheld, beside the proof and independent of it.
     *
     * @throws RankAudit.TooLargeException if there are too many
     */
    boolean givesBackFew(BitSet suppressed, int minUnits) {
        int[] atoms = suppressed.stream()
                .filter(c -> c < cells.size() && cells.get(c).summedOver() == 0)
                .toArray();
        if (atoms.length > MOST_ATOMS) {
            throw new RankAudit.TooLargeException();
        }
        RankAudit audit = new RankAudit(
                Arrays.stream(atoms).mapToLong(a -> cells.get(a).units()).toArray());
        Map<Integer, List<Integer>> inside = new TreeMap<>();
        Set<Long> sets = new LinkedHashSet<>();
        cells.forEach(cell -> sets.add(cell.summedOver()));
        for (long set : sets) {
            for (int place = 0; place < atoms.length; place++) {
                inside.computeIfAbsent(containing(atoms[place], set), c -> new ArrayList<>())
                        .add(place);
            }
        }
        inside.forEach((cell, places) -> {
            if (!suppressed.get(cell)) {
                audit.publish(ints(places));
            }
        });
        return audit.exposed(minUnits).stream().anyMatch(audit::determines);
    }

    private static int[] ints(List<Integer> places) {
        return places.stream().mapToInt(p -> p).toArray();
    }

    /** In the order of size, so that equal tables are equal problems. */
    static List<Cell> ordered(List<Cell> cells) {
        List<Cell> ordered = new ArrayList<>(cells);
        ordered.sort(
                java.util.Comparator.comparingLong(Cell::summedOver).thenComparing(c -> String.valueOf(c.labels())));
        return Collections.unmodifiableList(ordered);
    }

    static PrimaryRules rules(int minUnits, int pPercent) {
        return new PrimaryRules(
                minUnits,
                Optional.empty(),
                Optional.of(io.yunyu.engine.primary.PriorPosteriorRule.pPercent(pPercent)),
                true);
    }
}
