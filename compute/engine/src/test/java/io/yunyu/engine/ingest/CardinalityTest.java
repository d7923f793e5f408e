package io.yunyu.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.dimension.CodeList;
import io.yunyu.contract.dimension.NestedCodes;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.job.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardinalityTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000, 2048, 2049, 5_000, 100_000, 1_000_000})
    void count_ofDifferentValues_isNearWhateverTheOrderAndTheParts(int different) {
        Random random = new Random(different);
        DistinctCount[] parts = {new DistinctCount(), new DistinctCount(), new DistinctCount()};
        for (int i = 0; i < different; i++) {
            parts[random.nextInt(3)].add(i);
        }
        for (int i = 0; different > 0 && i < 10_000; i++) {
            parts[random.nextInt(3)].add(random.nextInt(different));
        }
        DistinctCount all = new DistinctCount();
        for (DistinctCount part : parts) {
            all.add(part);
        }

        assertThat(all.count()).isCloseTo(different, within(different <= 2048 ? 0.0 : different * 0.12));
    }

    @Test
    void load_columnOfFewUnitsPerValue_isMarked(@TempDir Path directory) throws Exception {
        IngestFixture fixture = new IngestFixture(directory);
        fixture.replace = true;
        IngestReport report = fixture.load(new Source.Csv("a.csv", ","), batch(directory, "a.csv", 0, 600));

        assertThat(marked(report)).containsExactly("house");
    }

    @Test
    void load_smallBatchAppended_doesNotTakeTheMarkBack(@TempDir Path directory) throws Exception {
        IngestFixture fixture = new IngestFixture(directory);
        fixture.load(new Source.Csv("a.csv", ","), batch(directory, "a.csv", 0, 600), attributes());
        IngestReport second =
                fixture.load(new Source.Csv("b.csv", ","), batch(directory, "b.csv", 600, 620), attributes());

        assertThat(marked(second)).containsExactly("house");
    }

    @Test
    void load_valuesOutsideTheCodeList_areKeptAside(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("c.csv");
        Files.writeString(
                file,
                "person,town,house\n1,A,530102001\n2,C,530102001\n3,B,530199001\n4,B,5301020\n5,B,\n6,A,\n7,A,\n");
        List<AttributeSpec> attributes = List.of(
                attributes()[0],
                attributes()[1].with(new CodeList(List.of("A", "B"))),
                attributes()[2].with(
                        new NestedCodes(List.of(new NestedCodes.Level("county", 6)), 9, List.of("530102"))));
        IngestReport report = new IngestFixture(directory)
                .load(new Source.Csv("c.csv", ","), file, attributes.toArray(AttributeSpec[]::new));

        assertThat(report.problems()).containsEntry("CODE town", 1L).containsEntry("CODE house", 2L);
        assertThat(report.rowsLoaded()).isEqualTo(4);
    }

    private static List<String> marked(IngestReport report) {
        return report.attributes().stream()
                .filter(AttributeSpec::highCardinality)
                .map(AttributeSpec::name)
                .filter(name -> !name.equals("person"))
                .toList();
    }

    private static AttributeSpec[] attributes() {
        return new AttributeSpec[] {attribute("person"), attribute("town"), attribute("house")};
    }

    private static AttributeSpec attribute(String name) {
        return new AttributeSpec(
                name, "STRING", AttributeRole.QUASI_IDENTIFIER, 2, Optional.empty(), false, name, name);
    }

    private static Path batch(Path directory, String name, int from, int to) throws Exception {
        StringBuilder text = new StringBuilder("person,town,house\n");
        for (int i = from; i < to; i++) {
            text.append("p")
                    .append(i)
                    .append(",t")
                    .append(i % 110)
                    .append(",h")
                    .append(i / 4)
                    .append('\n');
        }
        return Files.writeString(directory.resolve(name), text);
    }
}
