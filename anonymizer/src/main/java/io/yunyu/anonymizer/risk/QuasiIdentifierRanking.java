package io.yunyu.anonymizer.risk;

import io.yunyu.anonymizer.risk.AttributeRisks.SetRisk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Quasi-identifiers by how much they tell records apart in the original data, most identifying first. */
public final class QuasiIdentifierRanking {
    private QuasiIdentifierRanking() {}

    /**
     * One quasi-identifier.
     *
     * @param original risk of the attribute alone in the original data
     * @param released risk of the attribute alone in the release
     * @param averageRiskWithout average prosecutor risk of the original data if an attacker did not know this attribute;
     *     absent where it would take too long
     */
    public record Ranked(String attribute, SetRisk original, SetRisk released, OptionalDouble averageRiskWithout) {}

    public static List<Ranked> of(ReleasedTuples original, ReleasedTuples released) {
        Map<String, SetRisk> alone = singles(released);
        AttributeSets sets = new AttributeSets(original, 1);
        long visits = (long) original.dimension() * (original.dimension() - 1) * original.size();
        List<Ranked> ranked = new ArrayList<>();
        for (SetRisk risk : singles(original).values()) {
            String name = risk.attributes().get(0);
            SetRisk after = alone.get(name);
            if (after == null) {
                throw new IllegalArgumentException("The release lacks the attribute '" + name + "'.");
            }
            OptionalDouble without = original.dimension() > 1 && visits <= AttributeRisks.MAX_VISITS
                    ? OptionalDouble.of(
                            sets.without(original.attributes().indexOf(name)).distinction())
                    : OptionalDouble.empty();
            ranked.add(new Ranked(name, risk, after, without));
        }
        ranked.sort(
                Comparator.comparing(Ranked::original, SetRisk.MOST_IDENTIFYING).thenComparing(Ranked::attribute));
        return List.copyOf(ranked);
    }

    private static Map<String, SetRisk> singles(ReleasedTuples tuples) {
        Map<String, SetRisk> singles = new HashMap<>();
        new AttributeSets(tuples, 1)
                .forEach(risk -> singles.put(risk.attributes().get(0), risk));
        return singles;
    }
}
