package io.yunyu.anonymizer.privacy;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Chooses one of several candidates with probability proportional to exp(epsilon score / 2), for scores that one record
 * changes by at most 1 (McSherry and Talwar 2007). Exact: the draws are of whole numbers and no probability is ever
 * rounded. A candidate is drawn uniformly and accepted with probability exp(-epsilon (best - score) / 2), which is drawn
 * as Canonne, Kamath and Steinke (2020, algorithm 1) do.
 */
public final class ExponentialMechanism {
    private final RandomGenerator random;
    private final Fraction halfEpsilon;

    /** @param epsilon positive */
    public ExponentialMechanism(RandomGenerator random, Fraction epsilon) {
        this.random = random;
        this.halfEpsilon = epsilon.dividedBy(2);
    }

    /** Position of the candidate chosen. */
    public int choose(List<Fraction> scores) {
        Fraction best = Collections.max(scores);
        while (true) {
            int candidate = below(BigInteger.valueOf(scores.size())).intValueExact();
            if (withProbabilityOfExpMinus(best.minus(scores.get(candidate)).times(halfEpsilon))) {
                return candidate;
            }
        }
    }

    /** True with probability exp(-gamma), gamma not negative. */
    boolean withProbabilityOfExpMinus(Fraction gamma) {
        BigInteger whole = gamma.floor();
        for (BigInteger i = BigInteger.ZERO; i.compareTo(whole) < 0; i = i.add(BigInteger.ONE)) {
            if (!withProbabilityOfExpMinusAtMostOne(Fraction.of(1, 1))) {
                return false;
            }
        }
        return withProbabilityOfExpMinusAtMostOne(gamma.minus(new Fraction(whole, BigInteger.ONE)));
    }

    private boolean withProbabilityOfExpMinusAtMostOne(Fraction gamma) {
        long k = 1;
        while (withProbability(gamma.dividedBy(k))) {
            k++;
        }
        return k % 2 == 1;
    }

    private boolean withProbability(Fraction p) {
        return below(p.denominator()).compareTo(p.numerator()) < 0;
    }

    /** Uniform in 0 to limit - 1. */
    private BigInteger below(BigInteger limit) {
        int bits = limit.subtract(BigInteger.ONE).bitLength();
        while (true) {
            BigInteger drawn = BigInteger.ZERO;
            for (int i = 0; i < bits; i += 32) {
                int take = Math.min(32, bits - i);
                drawn = drawn.shiftLeft(take).or(BigInteger.valueOf((random.nextInt() & 0xFFFFFFFFL) >>> (32 - take)));
            }
            if (drawn.compareTo(limit) < 0) {
                return drawn;
            }
        }
    }
}
