package io.yunyu.anonymizer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Releases that are differentially private as a whole, of persons with several records. */
class PrivateReleaseTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261130L);
    /** Draws everybody but for one in 500 million. */
    private static final String EVERYBODY =
            "{'model':'differential-privacy','epsilon':20,'delta':0.9999999999," + "'generalization':'MEDIUM'}";

    private static final byte[] KEY = "a key of thirty-two bytes length".getBytes(StandardCharsets.UTF_8);

    private final Random random = new Random(SEED);

    private record Visit(long person, String age, String town) {}

    @BeforeEach
    void print() {
        System.out.println("PrivateReleaseTest: seed " + SEED);
    }

    /** Persons come one to four times, each time at another age and in another town. */
    private List<Visit> visits(int persons) {
        List<Visit> visits = new ArrayList<>();
        for (int person = 0; person < persons; person++) {
            for (int time = 0; time <= person % 4; time++) {
                visits.add(
                        new Visit(1_000_003L * person, String.valueOf(random.nextInt(8)), "t" + (person + time) % 4));
            }
        }
        return visits;
    }

    private SparkRecords records(List<Visit> visits, int partitions) {
        StructType schema = new StructType()
                .add("who", DataTypes.LongType)
                .add("age", DataTypes.StringType)
                .add("town", DataTypes.StringType);
        List<Row> rows = new ArrayList<>();
        visits.forEach(visit -> rows.add(RowFactory.create(visit.person, visit.age, visit.town)));
        Collections.shuffle(rows, random);
        return SparkRecords.of(Sessions.spark().createDataFrame(rows, schema).repartition(partitions))
                .drawnBy("who");
    }

    /** Ages in pairs, fours, all; at MEDIUM in fours. Towns as they are, or all; at MEDIUM all. */
    private static AnonymizationSpec spec(String models, String ofTown) {
        List<String> ages = new ArrayList<>();
        for (int age = 0; age < 8; age++) {
            ages.add("['" + age + "','p" + age / 2 + "','f" + age / 4 + "','g" + age / 4 + "','*']");
        }
        String towns = "['t0','*'],['t1','*'],['t2','*'],['t3','*']";
        return AnonymizationSpec.parseWithoutFiles(Json.parseObject(("{'attributes':["
                        + "{'name':'age','role':'QUASI_IDENTIFIER','hierarchy':{'rows':[" + String.join(",", ages)
                        + "]}},{'name':'town','role':'QUASI_IDENTIFIER'" + ofTown + ",'hierarchy':{'rows':[" + towns
                        + "]}}],'privacyModels':[" + models + "]}")
                .replace('\'', '"')));
    }

    private static AnonymizationSpec byTown(String models) {
        return spec(models, ",'maxLevel':0");
    }

    /** Released records by what they show. */
    private static Map<String, Long> released(PrivateRelease release, SparkRecords records, byte[] key) {
        try (PersonSample persons = release.persons(records);
                PrivateClasses classes = persons.draw(key)) {
            Map<String, Long> sizes = new TreeMap<>();
            for (Row row : classes.release().collectAsList()) {
                sizes.merge(row.getString(0) + " " + row.getString(1), 1L, Long::sum);
            }
            assertThat(sizes.values().stream().mapToLong(n -> n).sum()).isEqualTo(classes.records());
            return sizes;
        }
    }

    private static Map<String, Long> released(PrivateRelease release, SparkRecords records) {
        return released(release, records, KEY);
    }

    private static long apart(Map<String, Long> one, Map<String, Long> other) {
        Set<String> labels = new HashSet<>(one.keySet());
        labels.addAll(other.keySet());
        return labels.stream()
                .mapToLong(label -> Math.abs(one.getOrDefault(label, 0L) - other.getOrDefault(label, 0L)))
                .sum();
    }

    /** What the proof rests on: a person with four records in four classes is in one of them, and moves nobody else. */
    @Test
    void draw_onePersonLess_isOneRecordLess() {
        List<Visit> visits = visits(120);
        PrivateRelease release = PrivateRelease.of(byTown(EVERYBODY + ",{'model':'k-anonymity','k':2}"));
        Map<String, Long> all = released(release, records(visits, 3));

        assertThat(all.values().stream().mapToLong(n -> n).sum()).isEqualTo(120);
        assertThat(all).hasSize(8);
        for (int person : new int[] {3, 7, 50}) {
            List<Visit> others = visits.stream()
                    .filter(visit -> visit.person != 1_000_003L * person)
                    .toList();
            assertThat(visits.size() - others.size()).isEqualTo(person % 4 + 1);
            assertThat(apart(all, released(release, records(others, 2)))).isEqualTo(1);
        }
    }

    /** Whether a rare value occurs must not be told, neither by a failure nor by a label. */
    @Test
    void draw_valuesThatAreNotListed_takeNoPart() {
        List<Visit> visits = visits(60);
        PrivateRelease release = PrivateRelease.of(byTown(EVERYBODY));
        Map<String, Long> expected = released(release, records(visits, 2));

        List<Visit> more = new ArrayList<>(visits);
        more.add(new Visit(1_000_003L * 3, "7", "CANARY"));
        more.add(new Visit(-5, "CANARY", "t1"));
        assertThat(released(release, records(more, 3))).isEqualTo(expected);

        List<Visit> unlisted = List.of(new Visit(1, "CANARY", "t0"));
        try (PersonSample persons = release.persons(records(unlisted, 1));
                PrivateClasses classes = persons.draw(KEY)) {
            assertThat(classes.release().count()).isZero();
            assertThat(Json.parseObject(classes.toJson()).longValue("rows")).isZero();
        }
    }

    /** Columns may be called as they like. */
    @Test
    void draw_attributesCalledAsTheReleasesOwnColumns_areKeptApart() {
        StructType schema = new StructType()
                .add("who", DataTypes.LongType)
                .add("size", DataTypes.StringType)
                .add("label0", DataTypes.StringType)
                .add("person", DataTypes.StringType);
        List<Row> rows = new ArrayList<>();
        for (long person = 0; person < 30; person++) {
            rows.add(RowFactory.create(person, "s", "l", "p" + person % 2));
        }
        SparkRecords records =
                SparkRecords.of(Sessions.spark().createDataFrame(rows, schema)).drawnBy("who");
        String attribute = "{'name':'%s','role':'QUASI_IDENTIFIER','maxLevel':0,'hierarchy':{'rows':[%s]}}";
        PrivateRelease release =
                PrivateRelease.of(AnonymizationSpec.parseWithoutFiles(Json.parseObject(("{'attributes':["
                                + attribute.formatted("person", "['p0','*'],['p1','*']") + ","
                                + attribute.formatted("label0", "['l','*']") + ","
                                + attribute.formatted("size", "['s','*']")
                                + "],'privacyModels':[" + EVERYBODY + "]}")
                        .replace('\'', '"'))));

        try (PersonSample persons = release.persons(records);
                PrivateClasses classes = persons.draw(KEY)) {
            assertThat(classes.release().columns()).containsExactly("person", "label0", "size");
            assertThat(classes.release().collectAsList()).hasSize(30).allSatisfy(row -> assertThat(row.mkString(" "))
                    .matches("p[01] l s"));
            assertThat(Json.parseObject(classes.toJson()).longValue("rows")).isEqualTo(30);
        }
    }

    @Test
    void draw_sameKey_isTheSameWhateverThePartitioning_anotherKeyDrawsOthers() {
        List<Visit> visits = visits(400);
        PrivateRelease release = PrivateRelease.of(
                byTown("{'model':'differential-privacy','epsilon':1,'delta':0.01,'generalization':'MEDIUM'}"));
        Map<String, Long> once = released(release, records(visits, 1));

        assertThat(once).isNotEmpty();
        assertThat(released(release, records(visits, 5))).isEqualTo(once);
        byte[] other = KEY.clone();
        other[0]++;
        assertThat(apart(once, released(release, records(visits, 2), other))).isGreaterThan(4);
    }

    /** By it two states of the records get keys of their own: under one the difference of two tables would be a person. */
    @Test
    void fingerprint_differsWithAnyPersonsLabels_andWithNothingElse() {
        List<Visit> visits = visits(40);
        PrivateRelease release = PrivateRelease.of(byTown(EVERYBODY));
        String all = fingerprint(release, visits, 1);

        assertThat(fingerprint(release, visits, 4)).isEqualTo(all);
        Set<String> seen = new HashSet<>(Set.of(all));
        for (int changed = 0; changed < 12; changed += 4) {
            // Persons with one record: one less, another one, and another place of it.
            Visit visit = visits.stream()
                    .filter(v -> v.person % (4 * 1_000_003L) == 0)
                    .toList()
                    .get(changed / 4);
            for (List<Visit> instead : List.of(
                    List.<Visit>of(),
                    List.of(new Visit(visit.person + 1, visit.age, visit.town)),
                    List.of(new Visit(visit.person, visit.age, visit.town.equals("t0") ? "t1" : "t0")))) {
                List<Visit> others = new ArrayList<>(visits);
                others.remove(visit);
                others.addAll(instead);
                assertThat(seen.add(fingerprint(release, others, 2))).isTrue();
            }
        }
    }

    private String fingerprint(PrivateRelease release, List<Visit> visits, int partitions) {
        try (PersonSample persons = release.persons(records(visits, partitions))) {
            return persons.fingerprint();
        }
    }

    /** Within six standard deviations; with nobody left out by chance it would be 3,000. */
    @Test
    void draw_persons_areDrawnAsOftenAsTheModelSays() {
        PrivateRelease release = PrivateRelease.of(
                spec("{'model':'differential-privacy','epsilon':1,'delta':0.01,'generalization':'COMPLETE'}", ""));
        Map<String, Long> all = released(release, records(visits(3_000), 2));

        double drawn = 1 - Math.exp(-1);
        assertThat(all).containsOnlyKeys("* *");
        assertThat(all.get("* *").doubleValue())
                .isCloseTo(3_000 * drawn, within(6 * Math.sqrt(3_000 * drawn * (1 - drawn))));
    }

    /**
     * The guarantee itself, of one class: with a person more or less in it, whatever its size, no set of outcomes is more
     * than e^epsilon times likelier plus delta. Half the size would not do.
     */
    @ParameterizedTest
    @CsvSource({"1, 1e-6", "0.5, 1e-6", "0.2, 1e-7", "2, 1e-6"})
    void smallestClass_ofTheBinomialDistribution_givesDelta(double epsilon, double delta) {
        PrivateRelease release = PrivateRelease.of(byTown("{'model':'differential-privacy','epsilon':" + epsilon
                + ",'delta':" + delta + ",'generalization':'MEDIUM'}"));

        assertThat(worst(epsilon, release.smallestClass())).isPositive().isLessThan(delta);
        assertThat(worst(epsilon, release.smallestClass() / 2)).isGreaterThan(delta);
    }

    private static double worst(double epsilon, long k) {
        double worst = 0;
        double p = -Math.expm1(-epsilon);
        for (int n = (int) k; n < 3 * k / p; n++) {
            double[] with = shown(n, k, p);
            double[] without = shown(n - 1, k, p);
            worst = Math.max(worst, Math.max(excess(with, without, epsilon), excess(without, with, epsilon)));
        }
        return worst;
    }

    private static double excess(double[] one, double[] other, double epsilon) {
        double excess = 0;
        for (int j = 0; j < Math.max(one.length, other.length); j++) {
            double a = j < one.length ? one[j] : 0;
            double b = j < other.length ? other[j] : 0;
            // Rounding of the probabilities, where both sides are equal.
            excess += Math.max(0, a - Math.exp(epsilon) * b * (1 + 1e-10));
        }
        return excess;
    }

    /** Probability of each size that a class of n persons shows; at 0 that it is left out. */
    private static double[] shown(int n, long k, double p) {
        double[] probability = new double[n + 1];
        double log = n * Math.log1p(-p);
        for (int j = 0; j <= n; j++) {
            probability[j < k ? 0 : j] += Math.exp(log);
            log += Math.log((double) (n - j) / (j + 1)) + Math.log(p) - Math.log1p(-p);
        }
        return probability;
    }

    /** The model's own smallest class, or the one that is asked for beside it, whichever is larger. */
    @ParameterizedTest
    @CsvSource({"0, 1", "24, 24"})
    void draw_classesBelowTheSmallest_areLeftOut(int k, int least) {
        List<Visit> visits = new ArrayList<>();
        int[] sizes = {23, 24, 25, 90};
        for (int town = 0; town < 4; town++) {
            for (int person = 0; person < sizes[town]; person++) {
                visits.add(new Visit(town * 1_000L + person, "1", "t" + town));
            }
        }
        PrivateRelease release =
                PrivateRelease.of(byTown(EVERYBODY + (k > 0 ? ",{'model':'k-anonymity','k':" + k + "}" : "")));
        Map<String, Long> expected = new TreeMap<>();
        for (int town = 0; town < 4; town++) {
            if (sizes[town] >= least) {
                expected.put("f0 t" + town, (long) sizes[town]);
            }
        }

        assertThat(released(release, records(visits, 3))).isEqualTo(expected);
        PrivateRelease usual = PrivateRelease.of(
                byTown("{'model':'differential-privacy','epsilon':1,'delta':1e-6,'generalization':'MEDIUM'}"));
        assertThat(usual.smallestClass()).isEqualTo(75);
    }

    @Test
    void toJson_figures_areThoseOfTheReleasedRecords() {
        PrivateRelease release = PrivateRelease.of(byTown(EVERYBODY + ",{'model':'k-anonymity','k':10}"));
        try (PersonSample persons = release.persons(records(visits(200), 2));
                PrivateClasses classes = persons.draw(KEY)) {
            List<Row> rows = classes.release().collectAsList();
            Map<String, Long> sizes = new TreeMap<>();
            rows.forEach(row -> sizes.merge(row.getString(0) + " " + row.getString(1), 1L, Long::sum));
            JsonObject report = Json.parseObject(classes.toJson());

            assertThat(report.longValue("rows")).isEqualTo(rows.size());
            JsonObject figures = report.object("equivalenceClasses");
            assertThat(figures.longValue("count")).isEqualTo(sizes.size());
            assertThat(figures.longValue("minSize")).isEqualTo(Collections.min(sizes.values()));
            assertThat(figures.longValue("maxSize")).isEqualTo(Collections.max(sizes.values()));
            assertThat(report.object("risk")
                            .object("prosecutor")
                            .decimal("successRate")
                            .doubleValue())
                    .isCloseTo((double) sizes.size() / rows.size(), within(1e-6));
            // Each age shows half of the domain of eight: 1 - (1/2 - 1/8) / (1 - 1/8). Towns are as they were.
            List<JsonObject> attributes = report.object("quality").objects("attributes");
            assertThat(attributes.get(0).decimal("granularity").doubleValue()).isCloseTo(4 / 7.0, within(1e-6));
            assertThat(attributes.get(1).decimal("granularity").doubleValue()).isCloseTo(1, within(1e-6));
            assertThat(report.object("transformation").asMap()).isEqualTo(Map.of("age", 2L, "town", 0L));
        }
    }

    /** By the specification alone, in both languages; a dash stands for what is allowed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'epsilon':1,'generalization':'LOW','deterministicSeed':5|-|-|deterministicSeed would tell",
                "'epsilon':1,'generalization':'DATA_DEPENDENT'|-|-|looks at all records",
                "'epsilon':0.001,'generalization':'LOW'|-|-|epsilon must be at least 0.01",
                "-|-|,{'model':'average-risk','averageRisk':0.1}]|suppresses by what the records show",
                "-|-|],'search':{'algorithm':'best-first-top-down'}|'search' has no place",
                "-|-|],'search':{'stepLimit':5}|'search' has no place",
                "-|-|],'objective':{'measure':'height'}|'objective' has no place",
                "-|-|],'localRecoding':{'mode':'FAST'},'suppressionLimit':1|'localRecoding' has no place",
                "-|-|],'riskThreshold':0.2|'riskThreshold' has no place",
                "-|-|],'population':5000|'population' has no place",
                "-|-|],'privacyUnit':'age'|cannot be combined",
                "-|-|],'sampling':{'fraction':0.5}|draws its own sample",
                "-|'role':'QUASI_IDENTIFIER','weight':1,'hierarchy':{'rows':[['t0','*']]}|-|has a weight",
                "-|-|],'suppressionLimit':0.5|cannot be kept",
                "-|'role':'INSENSITIVE'|-|would leave as it is",
                "-|'role':'QUASI_IDENTIFIER','microaggregation':{'function':'MODE'}|-|would leave as it is",
                "-|'role':'QUASI_IDENTIFIER','hierarchy':{'builder':'redaction'}|-|needs a hierarchy whose rows",
                "-|'role':'QUASI_IDENTIFIER'|-|needs a hierarchy whose rows",
                "-|'role':'QUASI_IDENTIFIER','minLevel':3,'hierarchy':{'rows':[['t0','*']]}|-|must lie in 0 to 1",
            })
    void of_whatWouldNotBePrivateOrIgnored_isRefused(String model, String town, String rest, String reason) {
        String json = "{'attributes':[{'name':'age','role':'QUASI_IDENTIFIER','hierarchy':{'rows':[['1','*']]}},"
                + "{'name':'town',"
                + (town.equals("-") ? "'role':'QUASI_IDENTIFIER','hierarchy':{'rows':[['t0','*']]}" : town)
                + "}],'privacyModels':[{'model':'differential-privacy','delta':0.01,"
                + (model.equals("-") ? "'epsilon':1,'generalization':'LOW'" : model) + "}"
                + (rest.equals("-") ? "]" : rest) + "}";

        assertThatThrownBy(() -> PrivateRelease.of(
                        AnonymizationSpec.parseWithoutFiles(Json.parseObject(json.replace('\'', '"')))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(reason)
                .satisfies(e -> assertThat(Phrases.say(String.valueOf(e.getMessage()), Language.CHINESE))
                        .containsPattern("\\p{IsHan}"));
    }
}
