package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.quality.InformationLoss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A genetic search: a population of transformations of which the best survive, are crossed and mutated, and new ones
 * come in from outside. The seed is fixed, so that equal runs give equal results. Never claims the optimum.
 */
final class GeneticSearch {
    private static final long SEED = 0x5EED_0F_6E7E5L;
    private static final int POPULATION = 40;
    private static final int ELITE = 8;
    private static final int IMMIGRANTS = 4;
    private static final int GENERATIONS = 200;
    private static final double MUTATION = 0.2;

    private final SearchProblem problem;
    private final GeneralizationLattice lattice;
    private final SearchBudget budget;
    private final Incumbent incumbent;
    private final TieBreak tieBreak;
    private final Random random = new Random(SEED);
    private final Map<Transformation, Individual> known = new HashMap<>();

    GeneticSearch(SearchProblem problem, SearchLimits limits) {
        this.problem = problem;
        this.lattice = problem.lattice();
        this.budget = new SearchBudget(problem.checker(), limits);
        this.tieBreak = lattice.tieBreak();
        this.incumbent = new Incumbent(tieBreak);
    }

    /** Anonymous ones first, then those that suppress little, then those that lose little. */
    private record Individual(int[] levels, boolean anonymous, long suppressed, InformationLoss loss) {}

    SearchOutcome run() {
        Comparator<Individual> fittest = Comparator.comparing((Individual one) -> !one.anonymous)
                .thenComparing(one -> one.anonymous ? 0 : one.suppressed)
                .thenComparing(Individual::loss)
                .thenComparing(Individual::levels, tieBreak);
        List<Individual> population = new ArrayList<>();
        add(population, lattice.top());
        for (int i = 1; i < POPULATION && !budget.isSpent(); i++) {
            add(population, randomWalkDown(1 + random.nextInt(lattice.dimension() * 3)));
        }
        for (int generation = 0; generation < GENERATIONS && !budget.isSpent(); generation++) {
            population.sort(fittest);
            List<Individual> next = new ArrayList<>(population.subList(0, Math.min(ELITE, population.size())));
            for (int i = 0; i < IMMIGRANTS && !budget.isSpent(); i++) {
                add(next, randomWalkDown(1 + random.nextInt(lattice.dimension() * 3)));
            }
            while (next.size() < POPULATION && !budget.isSpent()) {
                add(next, child(pick(population), pick(population)));
            }
            population = next;
        }
        return new SearchOutcome(
                incumbent.best(), false, lattice.size(), problem.checker().checked());
    }

    /** The fitter of two, the population being sorted. */
    private Individual pick(List<Individual> population) {
        return population.get(Math.min(random.nextInt(population.size()), random.nextInt(population.size())));
    }

    private int[] child(Individual mother, Individual father) {
        int[] child = new int[mother.levels.length];
        for (int i = 0; i < child.length; i++) {
            child[i] = random.nextBoolean() ? mother.levels[i] : father.levels[i];
            if (random.nextDouble() < MUTATION) {
                int moved = child[i] + (random.nextInt(3) == 0 ? 1 : -1);
                child[i] = Math.max(lattice.min(i), Math.min(lattice.max(i), moved));
            }
        }
        return child;
    }

    private int[] randomWalkDown(int steps) {
        int[] levels = lattice.top();
        for (int step = 0; step < steps; step++) {
            int i = random.nextInt(levels.length);
            levels[i] = Math.max(lattice.min(i), levels[i] - 1);
        }
        return levels;
    }

    private void add(List<Individual> population, int[] levels) {
        Individual individual = known.get(Transformation.of(levels));
        if (individual == null) {
            AnonymizedClasses checked = problem.checker().check(levels);
            InformationLoss loss = checked.isAnonymous()
                    ? problem.objective().of(checked)
                    : problem.objective().bound(levels);
            individual = new Individual(levels, checked.isAnonymous(), checked.suppressedRecords(), loss);
            known.put(Transformation.of(levels), individual);
            if (checked.isAnonymous()) {
                incumbent.offer(checked, loss);
            }
        }
        population.add(individual);
    }
}
