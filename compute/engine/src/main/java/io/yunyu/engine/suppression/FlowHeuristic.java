package io.yunyu.engine.suppression;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A safe pattern without proof of its cost: for each requirement the cheapest movement that meets it is withheld, and
 * then cells are published again as long as every requirement has another movement.
 */
final class FlowHeuristic {
    private final SuppressionProblem problem;
    private final Deadline deadline;
    private final BitSet suppressed;
    private final Map<Need, Witness> witnesses = new HashMap<>();

    FlowHeuristic(SuppressionProblem problem, Deadline deadline) {
        this.problem = problem;
        this.deadline = deadline;
        this.suppressed = problem.primaries();
    }

    /** @throws InfeasibleSuppressionException if a requirement cannot be met */
    BitSet solve() {
        Audit.bySize(problem).descendingMap().forEach((size, positions) -> {
            try (FlowLp flow = new FlowLp(problem, suppressed, Math.pow(1000, size))) {
                positions.stream()
                        .sorted(Comparator.comparingDouble(
                                p -> -problem.requirements().get(p).upper()))
                        .forEach(position -> meet(flow, position));
            }
        });
        publishAgain();
        return (BitSet) suppressed.clone();
    }

    private void meet(FlowLp flow, int position) {
        Requirement requirement = problem.requirements().get(position);
        for (Direction direction : Direction.values()) {
            if (requirement.level(direction) > 0) {
                Witness movement = flow.cheapest(requirement, direction)
                        .orElseThrow(() -> new InfeasibleSuppressionException(requirement.cell()));
                witnesses.put(new Need(position, direction), movement);
                for (int cell : movement.cells()) {
                    if (!suppressed.get(cell)) {
                        suppressed.set(cell);
                        flow.withhold(cell);
                    }
                }
            }
        }
    }

    /** Most expensive first; until the time is over. */
    private void publishAgain() {
        BitSet secondaries = (BitSet) suppressed.clone();
        secondaries.andNot(problem.primaries());
        List<Integer> order = secondaries.stream()
                .boxed()
                .sorted(Comparator.comparingDouble(cell -> -problem.weights[cell]))
                .toList();
        Map<Integer, AttackLp> attackers = new TreeMap<>();
        Map<Integer, AttackLp> attackerOf = new HashMap<>();
        Audit.bySize(problem).forEach((size, positions) -> {
            attackers.put(size, new AttackLp(problem, suppressed, Math.pow(1000, size)));
            positions.forEach(position -> attackerOf.put(position, attackers.get(size)));
        });
        try {
            for (int cell : order) {
                if (deadline.isOver()) {
                    return;
                }
                attackers.values().forEach(attacker -> attacker.exclude(cell));
                if (isMetWithout(cell, attackerOf)) {
                    suppressed.clear(cell);
                } else {
                    attackers.values().forEach(attacker -> attacker.include(cell));
                }
            }
        } finally {
            attackers.values().forEach(AttackLp::close);
        }
    }

    private boolean isMetWithout(int cell, Map<Integer, AttackLp> attackers) {
        Map<Need, Witness> others = new LinkedHashMap<>();
        List<Need> affected = new ArrayList<>();
        witnesses.forEach((need, witness) -> {
            if (witness.uses(cell)) {
                affected.add(need);
            }
        });
        affected.sort(Comparator.comparingInt(Need::position).thenComparing(Need::direction));
        for (Need need : affected) {
            Requirement requirement = problem.requirements().get(need.position());
            Optional<Witness> proof = others.values().stream()
                    .filter(w -> w.proves(requirement, need.direction()))
                    .findFirst();
            if (proof.isPresent()) {
                others.put(need, proof.get());
                continue;
            }
            AttackLp attacker = attackers.get(need.position());
            if (attacker == null) {
                throw new IllegalStateException("A requirement has no attacker.");
            }
            AttackLp.Answer answer = attacker.attackUpToLevel(requirement, need.direction());
            if (answer.distance() < requirement.level(need.direction()) * (1 - CellInterval.TOLERANCE)) {
                return false;
            }
            others.put(need, answer.witness());
        }
        witnesses.putAll(others);
        return true;
    }
}
