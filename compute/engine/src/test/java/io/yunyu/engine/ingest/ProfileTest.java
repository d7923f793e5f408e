package io.yunyu.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.profile.Band;
import io.yunyu.contract.profile.ProtectedProfile;
import io.yunyu.engine.privacy.ExactDraws;
import io.yunyu.engine.privacy.RandomBits;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
    private static final List<AttributeSpec> ATTRIBUTES = List.of(
            IngestFixture.column("person", "STRING"),
            IngestFixture.column("town", "STRING"),
            IngestFixture.column("fee", "DECIMAL(12,2)"),
            IngestFixture.column("day", "DATE"));

    @TempDir
    private Path dir;

    /** Ids, a rare town, a rare fee and a rare year; and a town that one person's hundred records carry. */
    private static String records() {
        StringBuilder csv = new StringBuilder("person,town,fee,day\n");
        for (int i = 0; i < 6000; i++) {
            String town = i < 9 ? "CANARYVILLE" : i % 3 == 0 ? "Dali" : "Kunming";
            csv.append("CANARY-").append(i).append(',').append(town);
            csv.append(i == 77 ? ",987654321.5" : "," + (10 + i % 80) + ".50");
            csv.append(i == 99 ? ",1947-05-05\n" : ",2025-01-0" + (1 + i % 9) + "\n");
        }
        for (int i = 0; i < 3000; i++) {
            csv.append("CANARY-0,LONELY,20.00,2025-01-01\n");
        }
        return csv.toString();
    }

    @Test
    void load_orderPermitsNoProfile_makesNone() throws Exception {
        IngestFixture fixture = new IngestFixture(dir);
        assertThat(fixture.loadCsv(records(), ATTRIBUTES.toArray(AttributeSpec[]::new))
                        .profile())
                .isEmpty();
    }

    @Test
    void load_orderPermitsProfile_tellsWhatManyUnitsHave_andNothingRare() throws Exception {
        IngestFixture fixture = new IngestFixture(dir);
        fixture.profileMinUnits = 10;
        IngestReport report = fixture.loadCsv(records(), ATTRIBUTES.toArray(AttributeSpec[]::new));
        ProtectedProfile profile = report.profile().orElseThrow();
        String told = Json.write(profile.toJson());
        assertThat(told).doesNotContain("CANARY", "LONELY", "987", "1947", "9000", "6000");
        assertThat(profile.columns()).containsOnlyKeys("town", "fee", "day");
        assertThat(profile.columns().get("town").stream().map(b -> b.value().orElseThrow()))
                .containsExactly("Dali", "Kunming");
        assertThat(profile.columns().get("town").get(1).percent()).isBetween(63, 70);
        assertThat(profile.columns().get("day")).containsExactly(Band.range("2025-01-01", "2026-01-01", 100));
        assertThat(profile.recordsPerUnit()).containsExactly(Band.range("1", "2", 100));
        assertThat(profile.columns().get("fee").stream().map(b -> b.from().orElseThrow()))
                .containsExactlyInAnyOrder("10", "20", "50");
        assertThat(IngestReport.parse(Json.parseObject(Json.write(report.toJson()))))
                .isEqualTo(report);
        // Known from the report beside the table.
        assertThat(fixture.loadCsv(records(), ATTRIBUTES.toArray(AttributeSpec[]::new)))
                .satisfies(again -> assertThat(again.alreadyLoaded()).isTrue())
                .satisfies(again -> assertThat(again.profile()).contains(profile));
    }

    @Test
    void sample_manyRecordsOfOneUnit_countOnce_andPartitionsDoNotMatter() {
        List<ColumnPlan> columns = List.of(ColumnPlan.of(IngestFixture.column("town", "STRING"), 1));
        UnitSample whole = new UnitSample(5, 0);
        UnitSample first = new UnitSample(5, 1);
        UnitSample second = new UnitSample(5, 2);
        for (int i = 0; i < 20_000; i++) {
            Object[] values = {UTF8String.fromString("t" + i % 4)};
            String unit = "u" + i % 10_000;
            whole.add(unit, values, columns);
            (i % 3 == 0 ? first : second).add(unit, values, columns);
        }
        first.add(second);
        assertThat(whole.members()).hasSize(UnitSample.UNITS).allMatch(m -> m.records() == 2);
        assertThat(first.members()).hasSize(UnitSample.UNITS).allMatch(m -> m.records() == 2);
        assertThat(whole.toString()).isEqualTo("UnitSample[]");
    }

    /** What just too few units have is told with a probability of at most delta; what many have, nearly always. */
    @ParameterizedTest
    @CsvSource({"9, false", "400, true"})
    void make_valueOfSomeUnits_toldOnlyIfThereAreMany(int units, boolean told) {
        List<ColumnPlan> columns = List.of(ColumnPlan.of(IngestFixture.column("town", "STRING"), 1));
        long seed = 20261125;
        Random random = new Random(seed);
        int times = 0;
        for (int round = 0; round < 40; round++) {
            UnitSample sample = new UnitSample(random.nextLong(), 0);
            for (int i = 0; i < 3000; i++) {
                Object[] values = {UTF8String.fromString(i < units ? "some" : "Kunming")};
                sample.add("u" + i, values, columns);
            }
            ProtectedProfile profile = ProfileMaker.make(
                    sample,
                    List.of(IngestFixture.column("town", "STRING")),
                    "person",
                    10,
                    new ExactDraws(RandomBits.of(new java.security.SecureRandom())));
            Set<String> towns = profile.columns().get("town").stream()
                    .map(b -> b.value().orElseThrow())
                    .collect(Collectors.toCollection(HashSet::new));
            times += towns.contains("some") ? 1 : 0;
        }
        assertThat(times).as("seed %d", seed).isEqualTo(told ? 40 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | v0",
                "1 | r1 2",
                "1.99 | r1 2",
                "2 | r2 5",
                "7 | r5 10",
                "10 | r10 20",
                "4999 | r2000 5000",
                "0.03 | r0.02 0.05",
                "-7 | r-10 -5",
                "1234567890 | r1000000000 2000000000"
            })
    void label_number_fallsIntoItsBand(String number, String label) {
        assertThat(ProfileLabels.of(Double.valueOf(number), ValueType.DOUBLE)).isEqualTo(label);
    }

    @Test
    void order_profileOfWhatIsNotOpen_orOfTooFew_isNoOrder() {
        IngestOrder order = IngestOrder.parse(new IngestFixture(dir)
                .job(new io.yunyu.contract.job.Source.Csv("a", ","), dir, java.util.Optional.empty())
                .order());
        assertThat(IngestOrder.parse(order.withProfile(10).toText()).profileMinUnits())
                .contains(10);
        assertThat(order.toText()).doesNotContain("profileMinUnits");
        assertThatThrownBy(() -> order.withProfile(9)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() ->
                        IngestOrder.parse(order.withProfile(10).toText().replace("\"CONDITIONAL\"", "\"NOT_OPEN\"")))
                .hasMessageContaining("NOT_OPEN");
    }
}
