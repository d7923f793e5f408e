package io.yunyu.engine.tabulate;

import io.yunyu.engine.suppression.CellInterval;
import io.yunyu.engine.suppression.InfeasibleSuppressionException;
import io.yunyu.engine.suppression.Requirement;
import io.yunyu.engine.suppression.SecondarySuppression;
import io.yunyu.engine.suppression.SuppressionLimits;
import io.yunyu.engine.suppression.SuppressionPattern;
import io.yunyu.engine.suppression.SuppressionProblem;
import io.yunyu.engine.suppression.TableEquation;
import io.yunyu.engine.tabulate.CellResult.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Secondary suppression of one measure. */
final class SuppressedMeasure {
    private final CrossTable table;
    private final Protection.Suppression settings;
    private final int minUnits;
    private final boolean count;
    private final @Nullable CellFacts[] facts;
    private final List<TableEquation> equations;

    SuppressedMeasure(
            CrossTable table,
            Protection.Suppression settings,
            int minUnits,
            boolean count,
            @Nullable CellFacts[] facts) {
        this.table = table;
        this.settings = settings;
        this.minUnits = minUnits;
        this.count = count;
        this.facts = facts;
        this.equations = table.equations();
    }

    /** @throws InfeasibleTabulationException naming the cell that cannot be protected */
    @Nullable
    CellResult[] protect() {
        SuppressionProblem problem = problem();
        SuppressionPattern pattern;
        try {
            pattern = SecondarySuppression.protect(problem, SuppressionLimits.of(settings.time()));
        } catch (InfeasibleSuppressionException e) {
            throw new InfeasibleTabulationException("The cell " + String.join(" / ", table.labels(e.cell()))
                    + " cannot be protected, even if every cell is withheld that may be. Merge categories, lower the"
                    + " protection levels, or leave out a total.");
        }
        Map<Integer, CellInterval> intervals = new HashMap<>();
        for (CellInterval interval : pattern.intervals()) {
            if (interval.requirement().known() < 0) {
                intervals.put(interval.requirement().cell(), interval);
            }
        }
        BitSet suppressed = pattern.suppressed();
        CellResult[] results = new CellResult[facts.length];
        for (int cell = 0; cell < facts.length; cell++) {
            CellFacts own = facts[cell];
            if (own != null) {
                Status status = own.isEmpty()
                        ? Status.EMPTY
                        : !suppressed.get(cell)
                                ? Status.PUBLISHED
                                : own.isFlagged() ? Status.PRIMARY : Status.SECONDARY;
                results[cell] =
                        new CellResult(own, status, own.original(), 0, Optional.ofNullable(intervals.get(cell)));
            }
        }
        return results;
    }

    private SuppressionProblem problem() {
        requireDemandsMatch();
        int size = facts.length;
        double[] values = new double[size];
        double[] lowers = new double[size];
        double[] uppers = new double[size];
        double[] weights = new double[size];
        BitSet fixed = new BitSet();
        // A table without negative contributions is known to have none; otherwise nothing bounds a value.
        boolean negative = Arrays.stream(facts).anyMatch(f -> f != null && f.negative());
        for (int cell = 0; cell < size; cell++) {
            CellFacts own = facts[cell];
            uppers[cell] = Double.POSITIVE_INFINITY;
            lowers[cell] = negative ? Double.NEGATIVE_INFINITY : 0;
            if (own == null || own.isEmpty()) {
                fixed.set(cell);
                lowers[cell] = 0;
            } else {
                values[cell] = own.original();
                weights[cell] = weight(own);
                fixed.set(cell, mustBePublished(cell, own));
            }
        }
        return new SuppressionProblem(values, lowers, uppers, weights, fixed, equations, requirements());
    }

    /** An entry that is misspelt would be taken for a promise. */
    private void requireDemandsMatch() {
        for (int entry = 0; entry < settings.publish().size(); entry++) {
            Map<String, String> wanted = settings.publish().get(entry);
            if (IntStream.range(0, facts.length)
                    .noneMatch(cell -> facts[cell] != null && matches(wanted, table.labels(cell)))) {
                throw new TabulationException("Entry " + (entry + 1)
                        + " of protection.publish matches no cell of the table. Write labels as the table has them, of its"
                        + " totals too, or take it out.");
            }
        }
    }

    private boolean matches(Map<String, String> wanted, List<String> labels) {
        for (int d = 0; d < labels.size(); d++) {
            String name = table.dimensions().get(d).name();
            if (wanted.containsKey(name) && !labels.get(d).equals(wanted.get(name))) {
                return false;
            }
        }
        return true;
    }

    private boolean mustBePublished(int cell, CellFacts facts) {
        List<String> labels = table.labels(cell);
        boolean demanded = settings.publish().stream().anyMatch(wanted -> matches(wanted, labels));
        if (demanded && facts.isFlagged()) {
            throw new InfeasibleTabulationException("The cell " + String.join(" / ", labels)
                    + " is among those that must be published, but a primary rule flags it (" + facts.rules()
                    + "). Take it out of publish.");
        }
        return demanded;
    }

    private double weight(CellFacts facts) {
        return switch (settings.cost()) {
            case CELLS -> 1;
            case COUNT -> Math.max(1, facts.units());
            case VALUE -> Math.max(1, Math.abs(facts.original()));
            case LOG -> 1 + Math.log1p(Math.abs(facts.original()));
        };
    }

    /** One for every flagged cell, and one more for each person who alone makes up another flagged cell beside it. */
    private List<Requirement> requirements() {
        List<Requirement> requirements = new ArrayList<>();
        Map<Integer, Set<Integer>> insiders = insiders();
        for (int cell = 0; cell < facts.length; cell++) {
            CellFacts own = facts[cell];
            if (own != null && own.isFlagged()) {
                double upper = upper(own);
                double lower = lower(own);
                requirements.add(Requirement.of(cell, lower, upper));
                for (int known : insiders.getOrDefault(cell, Set.of())) {
                    requirements.add(new Requirement(cell, insider(own, lower), insider(own, upper), known));
                }
            }
        }
        return requirements;
    }

    private Map<Integer, Set<Integer>> insiders() {
        Map<Integer, Set<Integer>> insiders = new HashMap<>();
        for (TableEquation equation : equations) {
            for (int known : equation.cells()) {
                CellFacts attacker = facts[known];
                if (attacker != null && attacker.isFlagged() && attacker.singleUnit() >= 0) {
                    for (int cell : equation.cells()) {
                        CellFacts own = facts[cell];
                        if (own != null && own.isFlagged() && own.singleUnit() != attacker.singleUnit()) {
                            insiders.computeIfAbsent(cell, c -> new HashSet<>()).add(known);
                        }
                    }
                }
            }
        }
        return insiders;
    }

    /** A small count could be anything from 0 to one that would have been published. */
    private double upper(CellFacts cell) {
        if (count) {
            return Math.max(1, minUnits - cell.units()) * averageWeight(cell);
        }
        double share = settings.percent() / 100 * Math.abs(cell.original());
        return cell.original() == 0 ? settings.zeroRange() : Math.max(cell.level(), share);
    }

    private double lower(CellFacts cell) {
        return count ? cell.original() : cell.original() == 0 ? 0 : upper(cell);
    }

    /** Someone who knows his own cell must not find the other exactly: at least one unit, or the share asked for. */
    private double insider(CellFacts cell, double level) {
        return count
                ? Math.min(level, averageWeight(cell))
                : Math.min(level, settings.percent() / 100 * Math.max(Math.abs(cell.original()), settings.zeroRange()));
    }

    private static double averageWeight(CellFacts cell) {
        return cell.units() == 0 ? 1 : cell.weightSum() / cell.units();
    }
}
