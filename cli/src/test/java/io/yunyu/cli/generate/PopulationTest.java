package io.yunyu.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.identifier.CitizenId;
import io.yunyu.contract.identifier.IdentifierRules;
import io.yunyu.contract.identifier.InvalidReason;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopulationTest {
    private static final int MILLION = 1_000_000;
    private static final LocalDate END = LocalDate.of(2025, 12, 31);

    @Test
    void load_aMillionPersons_haveValidAndDistinctIdentifiers() {
        GeneratorSettings settings = GeneratorSettings.of(MILLION, 7, false);
        Population population = new Population(settings, new Firms(settings));
        IdentifierRules demo = IdentifierRules.withSyntheticRegions(END);
        IdentifierRules production = IdentifierRules.production(END);
        Person person = new Person();
        long[] given = new long[MILLION];
        long[] unknown = new long[1_000];
        int invalid = 0;
        int passesAsReal = 0;
        for (int i = 0; i < MILLION; i++) {
            population.load(i, person);
            String id = new String(person.id(), StandardCharsets.US_ASCII);
            invalid += CitizenId.reasonOf(id, demo) == null ? 0 : 1;
            passesAsReal += CitizenId.reasonOf(id, production) == InvalidReason.SYNTHETIC_REGION ? 0 : 1;
            given[i] = Long.parseLong(id.substring(0, 17));
            if (i % 1_000 == 0) {
                String nobody = new String(person.unknownId(), StandardCharsets.US_ASCII);
                assertThat(CitizenId.reasonOf(nobody, demo)).isNull();
                unknown[i / 1_000] = Long.parseLong(nobody.substring(0, 17));
            }
        }
        assertThat(invalid).isZero();
        assertThat(passesAsReal).isZero();
        Arrays.sort(given);
        assertThat(Arrays.stream(given).distinct().count()).isEqualTo(MILLION);
        assertThat(Arrays.stream(unknown).filter(id -> Arrays.binarySearch(given, id) >= 0))
                .isEmpty();
    }

    /** Neighbouring ranks share a birthday, so this is where numbers would run out or collide. */
    @ParameterizedTest
    @ValueSource(longs = {0, 5_000_000, 9_300_000, 50_000_000, 99_000_000})
    void locate_denseCellsOfTheLargestPopulation_areDistinct(long firstRank) {
        Strata strata = new Strata(GeneratorSettings.MAX_PERSONS, 7);
        Person person = new Person();
        long[] cells = new long[MILLION];
        int clashes = 0;
        for (int i = 0; i < MILLION; i++) {
            strata.locate(firstRank + i, person);
            clashes += person.sequence == person.unusedSequence || person.sequence > 999 ? 1 : 0;
            cells[i] = (person.hukou * 100_000L + person.birthDay + 50_000) * 1_000 + person.sequence;
        }
        assertThat(clashes).isZero();
        assertThat(Arrays.stream(cells).distinct().count()).isEqualTo(MILLION);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 15, 16, 17, 1_000, 4_097})
    void permutation_anySize_isOneToOne(int size) {
        Permutation permutation = new Permutation(size, 42);
        boolean[] hit = new boolean[size];
        for (int i = 0; i < size; i++) {
            hit[(int) permutation.apply(i)] = true;
        }
        assertThat(hit).doesNotContain(false);
    }

    @Test
    void weighted_shares_areDrawnInProportion() {
        Weighted weighted = new Weighted(new double[] {1, 0, 6, 3});
        Draws draws = new Draws(1, Draws.Purpose.VISIT).at(0);
        int[] counts = new int[4];
        for (int i = 0; i < 100_000; i++) {
            counts[weighted.pick(draws)]++;
        }
        assertThat(counts[1]).isZero();
        assertThat(counts[0]).isBetween(9_500, 10_500);
        assertThat(counts[2]).isBetween(59_200, 60_800);
    }

    @Test
    void normal_draws_haveMeanZeroAndVarianceOne() {
        Draws draws = new Draws(1, Draws.Purpose.FIRM).at(0);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 100_000; i++) {
            double z = Normal.draw(draws);
            sum += z;
            squares += z * z;
        }
        assertThat(sum / 100_000).isBetween(-0.015, 0.015);
        assertThat(squares / 100_000).isBetween(0.98, 1.02);
    }

    @Test
    void field_specialCharacters_areQuotedAsInRfc4180() {
        assertThat(Csv.field("a,b")).asString(StandardCharsets.UTF_8).isEqualTo("\"a,b\"");
        assertThat(Csv.field("say \"x\"")).asString(StandardCharsets.UTF_8).isEqualTo("\"say \"\"x\"\"\"");
        assertThat(Csv.field("农、林")).asString(StandardCharsets.UTF_8).isEqualTo("农、林");
    }
}
