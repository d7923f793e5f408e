package io.yunyu.engine.ingest;

import static io.yunyu.engine.ingest.IngestFixture.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedSourceTest {
    private static final AttributeSpec[] COLUMNS = {column("person", "STRING"), column("fee", "LONG")};
    private static final Source CSV = new Source.Csv("in", ",");
    private static final Source JSON_LINES = new Source.JsonLines("in");
    private static final Source PARQUET = new Source.Parquet("in");

    static Stream<Arguments> sources() {
        return Stream.of(
                Arguments.of(CSV, "", ProblemCode.SOURCE_MALFORMED, "empty"),
                Arguments.of(CSV, "person,fee\n", ProblemCode.SOURCE_MALFORMED, "no records"),
                Arguments.of(CSV, "person;fee\nSECRET;1\n", ProblemCode.SOURCE_MALFORMED, "delimiter"),
                Arguments.of(CSV, "person,cost\nSECRET,1\n", ProblemCode.COLUMN_MISSING, "'fee'"),
                Arguments.of(CSV, "name,fee\nSECRET,1\n", ProblemCode.COLUMN_MISSING, "'person'"),
                Arguments.of(CSV, "person,fee,Fee\nSECRET,1,2\n", ProblemCode.SOURCE_MALFORMED, "column 3"),
                Arguments.of(CSV, "person,,fee\nSECRET,1,2\n", ProblemCode.SOURCE_MALFORMED, "Column 2"),
                Arguments.of(CSV, "person,fee\nSECRET,\"1\n", ProblemCode.SOURCE_MALFORMED, "record 2 of the file"),
                Arguments.of(CSV, "person,fee\na,1\nSECRET,x\nSECRET,y\n", ProblemCode.SOURCE_MALFORMED, "2 of 3"),
                Arguments.of(JSON_LINES, "SECRET\n", ProblemCode.SOURCE_MALFORMED, "JSON"),
                Arguments.of(JSON_LINES, "{\"person\":\"SECRET\"}\n", ProblemCode.COLUMN_MISSING, "'fee'"),
                Arguments.of(PARQUET, "SECRETSECRETSECRET", ProblemCode.SOURCE_MALFORMED, "Parquet"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void load_malformedSource_isRefusedAndWritesNothing(
            Source source, String text, ProblemCode code, String says, @TempDir Path directory) throws Exception {
        IngestFixture fixture = new IngestFixture(directory);
        Path file = fixture.file("in", text);
        assertThatThrownBy(() -> fixture.load(source, file, COLUMNS))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(code);
                    assertThat(e.problem().detail()).contains(says).doesNotContain("SECRET");
                });
        assertThat(fixture.directory.resolve("tables")).doesNotExist();
        assertThat(fixture.vault.asked()).isEmpty();
    }

    @Test
    void load_absentFile_isUnreadable(@TempDir Path directory) {
        IngestFixture fixture = new IngestFixture(directory);
        assertThatThrownBy(() -> fixture.load(CSV, directory.resolve("absent"), COLUMNS))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.SOURCE_UNREADABLE));
    }

    @Test
    void load_otherColumnsThanTheTable_isRefused(@TempDir Path directory) throws Exception {
        IngestFixture fixture = new IngestFixture(directory);
        fixture.loadCsv("person,fee\na,1\n", COLUMNS);
        assertThatThrownBy(
                        () -> fixture.loadCsv("person,fee\na,2\n", column("person", "STRING"), column("fee", "DOUBLE")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.BAD_REQUEST));
        assertThat(fixture.table.resolve("_delta_log/00000000000000000001.json"))
                .doesNotExist();
    }
}
