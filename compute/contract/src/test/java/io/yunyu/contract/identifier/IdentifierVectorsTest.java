package io.yunyu.contract.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The expected values of the domain research, where that material is present. */
class IdentifierVectorsTest {
    private static final IdentifierRules RULES = IdentifierRules.withSyntheticRegions(LocalDate.of(2026, 11, 23));
    private static JsonObject vectors;

    @BeforeAll
    static void read() throws IOException {
        Path file = Path.of(System.getProperty("yunyu.shared", ""), "vectors", "id-vectors.json");
        Assumptions.assumeTrue(Files.exists(file), "Skipped: the shared vectors are not here (property yunyu.shared).");
        vectors = Json.parseObject(Files.readAllBytes(file));
    }

    @Test
    void citizenId_vectors_answerAsListed() {
        JsonObject section = vectors.object("citizenId");
        for (JsonObject valid : section.objects("valid")) {
            assertThat(CitizenId.check(valid.string("v"), RULES)).isEqualTo(plainlyValid(valid.string("v")));
        }
        for (JsonObject odd : section.objects("alsoAccept")) {
            assertThat(CitizenId.check(odd.string("v"), RULES))
                    .isEqualTo(new IdentifierResult.Valid("11010519491231002X", Set.of(IdentifierWarning.LOWER_CASE)));
        }
        for (JsonObject invalid : section.objects("invalid")) {
            String listed = invalid.string("reason");
            String expected = listed.startsWith("15") ? "FIRST_GENERATION" : listed.replaceAll("[^A-Z].*", "");
            assertThat(CitizenId.reasonOf(invalid.string("v"), RULES)).hasToString(expected);
        }
    }

    @Test
    void citizenId_residencePermitsAndForeigners_areValid() {
        for (String permit :
                vectors.object("hkmotwResidence").stringMap("valid").values()) {
            assertThat(CitizenId.check(permit, RULES)).isEqualTo(plainlyValid(permit));
        }
        for (JsonObject card : vectors.object("fprCard2023").objects("valid")) {
            assertThat(CitizenId.check(card.string("v"), RULES)).isEqualTo(plainlyValid(card.string("v")));
        }
    }

    @Test
    void unifiedSocialCreditCode_vectors_answerAsListed() {
        JsonObject section = vectors.object("uscc");
        for (JsonObject valid : section.objects("valid")) {
            assertThat(UnifiedSocialCreditCode.check(valid.string("v"), RULES).isValid())
                    .as(valid.string("note"))
                    .isTrue();
        }
        for (JsonObject invalid : section.objects("invalid")) {
            assertThat(UnifiedSocialCreditCode.reasonOf(invalid.string("v"), RULES))
                    .hasToString(invalid.string("reason").replaceAll("[^A-Z].*", ""));
        }
    }

    @Test
    void otherNumbers_vectors_answerAsListed() {
        strings("bankCardLuhn", "valid")
                .forEach(v -> assertThat(BankCardNumber.reasonOf(v)).isNull());
        strings("bankCardLuhn", "invalid")
                .forEach(v -> assertThat(BankCardNumber.reasonOf(v)).isEqualTo(InvalidReason.CHECKSUM));
        strings("mobile", "valid")
                .forEach(v -> assertThat(MobileNumber.reasonOf(v)).isNull());
        strings("mobile", "invalid")
                .forEach(v -> assertThat(MobileNumber.reasonOf(v)).isEqualTo(InvalidReason.FORMAT));
        strings("orgCode", "valid")
                .forEach(v -> assertThat(OrganisationCode.reasonOf(v)).isNull());
    }

    private static List<String> strings(String section, String member) {
        return vectors.object(section).strings(member);
    }

    private static IdentifierResult plainlyValid(String normalised) {
        return new IdentifierResult.Valid(normalised, Set.of());
    }
}
