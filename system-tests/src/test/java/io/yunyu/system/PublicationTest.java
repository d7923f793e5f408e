package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.cli.client.JobClient;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.Publication;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.system.egress.Planted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planned publication end to end: signed in the agreement, solved in a sandbox of its own, reviewed and released. */
class PublicationTest {
    private static final long MOST_WAIT_NANOS = 180_000_000_000L;
    private static final Planted ID = Planted.word("identifier");
    private static final String CUBE = "SELECT town, sex, count(*) AS n FROM planned GROUP BY CUBE (town, sex)";
    private static final Map<String, Integer> COUNTS =
            new TreeMap<>(Map.of("A,F", 3, "A,M", 25, "B,F", 40, "B,M", 31, "C,F", 28, "C,M", 33));

    @TempDir
    static Path dir;

    @Test
    void publication_isSignedSolvedReviewedAndReleased_andTheFamilyAnswersNoNoise() throws Exception {
        try (Platform platform = Platform.shared(dir.resolve("home"))) {
            StringBuilder rows = new StringBuilder("id,town,sex\n");
            COUNTS.forEach((labels, n) -> {
                for (int i = 0; i < n; i++) {
                    rows.append(ID.text())
                            .append(labels.hashCode())
                            .append(i)
                            .append(',')
                            .append(labels)
                            .append('\n');
                }
            });
            platform.source("planned.csv", rows);
            platform.ingest(platform.order("planned", "id", new Source.Csv("planned.csv", ","), List.of()));
            Permission permission = new Permission(
                    "planned", Map.of("town", Set.of(ColumnUse.GROUP_BY), "sex", Set.of(ColumnUse.GROUP_BY)));
            String agreement = platform.sign(platform.text(10, permission)
                    .withPublications(List.of(new Publication(CUBE, Publication.Cost.CELLS, List.of()))));

            assertThatThrownBy(() -> platform.submit(agreement, CUBE))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("planned publications");
            String job = publish(platform, agreement);
            JsonObject ended = platform.awaitRest(job);
            assertThat(ended.string("state")).as(ended.toString()).isEqualTo("IN_REVIEW");
            JsonObject review = platform.as(Role.REVIEWER).get("/api/v1/reviews/" + job);
            List<List<String>> table = rows(review.object("table"));
            // The three women of A, and three more that hide them: totals in the row and in the column among the rest.
            assertThat(table).hasSize(12);
            assertThat(table.stream().filter(row -> row.get(2).equals("null"))).hasSize(4);
            table.stream().filter(row -> !row.get(2).equals("null")).forEach(row -> assertThat(row.get(2))
                    .isEqualTo(Long.toString(count(row.get(0), row.get(1)))));
            assertThat(value(table, "A", "F")).isEmpty();
            assertThat(value(table, "A", "null").isPresent()
                            && value(table, "A", "M").isPresent())
                    .as("the row gives the cell back")
                    .isFalse();
            JsonObject suppression = review.object("view").object("suppression");
            assertThat(suppression.longValue("primary")).isEqualTo(1);
            assertThat(suppression.longValue("secondary")).isEqualTo(3);
            assertThat(review.object("view").asMap().toString()).contains("secondary", "exact");

            platform.approve(job);
            awaitRelease(platform, job);
            assertThat(publish(platform, agreement)).as("once for each version").isEqualTo(job);

            String adHoc = platform.agree(10, permission);
            String asked = platform.submit(adHoc, "SELECT town, count(*) FROM planned GROUP BY town");
            JsonObject refused = platform.awaitRest(asked);
            assertThat(refused.string("state")).isEqualTo("REFUSED");
            assertThat(refused.objects("findings").get(0).string("rule")).isEqualTo("planned-family");
        }
    }

    private static String publish(Platform platform, String agreement) {
        return new JobClient(platform.as(Role.DEVELOPER))
                .submitPublication(agreement, 1, Optional.empty(), Optional.empty())
                .string("id");
    }

    private static List<List<String>> rows(JsonObject table) {
        return table.list(
                "rows", row -> ((List<?>) row).stream().map(String::valueOf).toList());
    }

    private static Optional<String> value(List<List<String>> table, String town, String sex) {
        return table.stream()
                .filter(row -> row.get(0).equals(town) && row.get(1).equals(sex))
                .map(row -> row.get(2))
                .filter(value -> !value.equals("null"))
                .findFirst();
    }

    private static long count(String town, String sex) {
        return COUNTS.entrySet().stream()
                .filter(e -> town.equals("null") || e.getKey().startsWith(town + ","))
                .filter(e -> sex.equals("null") || e.getKey().endsWith("," + sex))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void awaitRelease(Platform platform, String job) throws Exception {
        long until = System.nanoTime() + MOST_WAIT_NANOS;
        while (!platform.job(job).string("state").equals("RELEASED")) {
            assertThat(System.nanoTime()).as("the release").isLessThan(until);
            Thread.sleep(50);
        }
    }
}
