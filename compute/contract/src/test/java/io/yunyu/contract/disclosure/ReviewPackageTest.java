package io.yunyu.contract.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.container.ContainerException;
import io.yunyu.contract.disclosure.ReviewFacts.ColumnNoise;
import io.yunyu.contract.disclosure.ReviewFacts.Guarded;
import io.yunyu.contract.disclosure.ReviewFacts.NoiseUnit;
import io.yunyu.contract.disclosure.ReviewFacts.Overlap;
import io.yunyu.contract.disclosure.ReviewFacts.WithheldShare;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReviewPackageTest {
    private static final byte[] CANDIDATE =
            CanonicalContainer.write(Map.of("candidate.json", "{}".getBytes(StandardCharsets.UTF_8)));
    private static final ReviewFacts FACTS = new ReviewFacts(
            "job-2",
            List.of(
                    ColumnNoise.of("label"),
                    ColumnNoise.of("units", new BigDecimal("1.732"), NoiseUnit.VALUE),
                    ColumnNoise.of("mean")),
            List.of(List.of("label", "noise", "none"), List.of("label", "repeated", "min-units")),
            Optional.of(WithheldShare.QUARTER),
            List.of(new Overlap("job-1", 1)),
            Optional.of(new Guarded(30, 4, 2)));

    @Test
    void read_whatWasWritten_isTheSame_andTheCandidateUnchanged() {
        ReviewPackage read = ReviewPackage.read(new ReviewPackage(CANDIDATE, Optional.of(FACTS)).bytes());
        assertThat(read.candidate()).isEqualTo(CANDIDATE);
        assertThat(read.facts()).contains(FACTS);
        ReviewFacts bare =
                new ReviewFacts("job-2", List.of(), List.of(), Optional.empty(), List.of(), Optional.empty());
        assertThat(ReviewPackage.read(new ReviewPackage(CANDIDATE, Optional.of(bare)).bytes())
                        .facts())
                .contains(bare);
    }

    @Test
    void read_factsOfAPublication_areTheSame() {
        ReviewFacts planned = new ReviewFacts(
                "job-3",
                List.of(ColumnNoise.of("rows")),
                List.of(List.of("exact"), List.of("secondary")),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(new ReviewFacts.Suppression(3, 5, false, ReviewFacts.RatioBand.TWO)));
        assertThat(ReviewPackage.read(new ReviewPackage(CANDIDATE, Optional.of(planned)).bytes())
                        .facts())
                .contains(planned);
    }

    /** The ratio itself would tell, beside the table, what is demanded of a cell. */
    @Test
    void ratioBand_isOneOfThree() {
        assertThat(ReviewFacts.RatioBand.of(1)).isEqualTo(ReviewFacts.RatioBand.ONE);
        assertThat(ReviewFacts.RatioBand.of(1.999)).isEqualTo(ReviewFacts.RatioBand.ONE);
        assertThat(ReviewFacts.RatioBand.of(2)).isEqualTo(ReviewFacts.RatioBand.TWO);
        assertThat(ReviewFacts.RatioBand.of(1e9)).isEqualTo(ReviewFacts.RatioBand.TWO);
        assertThat(ReviewFacts.RatioBand.of(Double.POSITIVE_INFINITY)).isEqualTo(ReviewFacts.RatioBand.NONE);
    }

    @Test
    void read_candidateSealedAlone_isAPackageWithoutFacts() {
        assertThat(new ReviewPackage(CANDIDATE, Optional.empty()).bytes()).isEqualTo(CANDIDATE);
        assertThat(ReviewPackage.read(CANDIDATE).candidate()).isEqualTo(CANDIDATE);
        assertThat(ReviewPackage.read(CANDIDATE).facts()).isEmpty();
    }

    @Test
    void read_anythingElse_isRefused() {
        Map<String, byte[]> entries =
                new HashMap<>(CanonicalContainer.read(new ReviewPackage(CANDIDATE, Optional.of(FACTS)).bytes()));
        entries.put("more.txt", new byte[] {1});
        assertThatThrownBy(() -> ReviewPackage.read(CanonicalContainer.write(entries)))
                .isInstanceOf(ContainerException.class);
        entries.remove("more.txt");
        entries.remove("candidate");
        assertThatThrownBy(() -> ReviewPackage.read(CanonicalContainer.write(entries)))
                .isInstanceOf(ContainerException.class);
        assertThatThrownBy(() -> ReviewPackage.read(new byte[] {1, 2, 3})).isInstanceOf(ContainerException.class);
    }

    @Test
    void parse_rowsOfUnequalLengthOrAnotherType_areRefused() {
        String text = Json.write(FACTS.toJson());
        assertThat(ReviewFacts.parse(Json.parseObject(text))).isEqualTo(FACTS);
        for (String[] change : new String[][] {
            {"\"label\",\"noise\",\"none\"", "\"label\",\"noise\""},
            {"\"label\",\"noise\",\"none\"", "\"label\",\"noise\",3"},
            {"ReviewFacts/1", "ReviewFacts/2"},
            {"\"cells\":1", "\"cells\":1,\"cell\":1"},
            {"QUARTER", "17"}
        }) {
            assertThat(text).contains(change[0]);
            assertThatThrownBy(() -> ReviewFacts.parse(Json.parseObject(text.replace(change[0], change[1]))))
                    .as(change[1])
                    .isInstanceOf(JsonException.class);
        }
    }
}
