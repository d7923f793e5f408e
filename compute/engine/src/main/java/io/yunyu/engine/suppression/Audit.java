package io.yunyu.engine.suppression;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/** What an attacker can compute about every withheld cell that must be protected: two linear programs each. */
final class Audit {
    private Audit() {}

    /** The intervals in the order of the requirements, whether protected or not. */
    static List<CellInterval> of(SuppressionProblem problem, BitSet suppressed) {
        CellInterval[] intervals = new CellInterval[problem.requirements().size()];
        bySize(problem).forEach((size, positions) -> {
            try (AttackLp attacker = new AttackLp(problem, suppressed, Math.pow(1000, size))) {
                for (int position : positions) {
                    Requirement requirement = problem.requirements().get(position);
                    double value = problem.values[requirement.cell()];
                    intervals[position] = new CellInterval(
                            requirement,
                            value - attacker.attack(requirement, Direction.DOWN).distance(),
                            value + attacker.attack(requirement, Direction.UP).distance(),
                            value);
                }
            }
        });
        return List.of(intervals);
    }

    /** Positions of requirements of about the same size, so that one scale serves them all. */
    static TreeMap<Integer, List<Integer>> bySize(SuppressionProblem problem) {
        TreeMap<Integer, List<Integer>> groups = new TreeMap<>();
        for (int position = 0; position < problem.requirements().size(); position++) {
            Requirement requirement = problem.requirements().get(position);
            double level = Math.max(requirement.lower(), requirement.upper());
            int size = level > 0 ? (int) Math.floor(Math.log10(level) / 3) : 0;
            groups.computeIfAbsent(size, s -> new ArrayList<>()).add(position);
        }
        return groups;
    }
}
