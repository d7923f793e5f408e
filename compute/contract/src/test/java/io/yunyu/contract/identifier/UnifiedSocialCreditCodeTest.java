package io.yunyu.contract.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnifiedSocialCreditCodeTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final IdentifierRules DEMO = IdentifierRules.withSyntheticRegions(TODAY);

    @Test
    void reasonOf_syntheticCounty_isRefusedInProduction() {
        assertThat(UnifiedSocialCreditCode.reasonOf("91530199MA6K00014T", IdentifierRules.production(TODAY)))
                .isEqualTo(InvalidReason.SYNTHETIC_REGION);
    }

    @Test
    void reasonOf_unknownProvince_isArea() {
        String first17 = "91990100M000100Y4";
        assertThat(UnifiedSocialCreditCode.reasonOf(first17 + UnifiedSocialCreditCode.checkCharacter(first17), DEMO))
                .isEqualTo(InvalidReason.AREA);
    }

    @Test
    void reasonOf_sumDivisibleBy31_needsZero() {
        assertThat(UnifiedSocialCreditCode.checkCharacter("91530199MA6K00006")).isEqualTo('0');
        assertThat(UnifiedSocialCreditCode.checkCharacter("91530199MA6K00006".getBytes(StandardCharsets.US_ASCII), 0))
                .isEqualTo((byte) '0');
    }

    @Test
    void check_lowerCase_isNormalisedWithWarning() {
        assertThat(UnifiedSocialCreditCode.check("91530199ma6k00014t", DEMO))
                .isEqualTo(new IdentifierResult.Valid("91530199MA6K00014T", Set.of(IdentifierWarning.LOWER_CASE)));
    }

    @Test
    void check_wrongOrganisationCheck_isOnlyAWarning() {
        String first17 = "91530199MA6K00015";
        IdentifierResult result =
                UnifiedSocialCreditCode.check(first17 + UnifiedSocialCreditCode.checkCharacter(first17), DEMO);
        assertThat(result).isInstanceOfSatisfying(IdentifierResult.Valid.class, valid -> assertThat(valid.warnings())
                .containsExactly(IdentifierWarning.ORGANISATION_CHECK));
    }

    @Test
    void check_unknownDepartment_isOnlyAWarning() {
        String first17 = "X1530199MA6K00014";
        IdentifierResult result =
                UnifiedSocialCreditCode.check(first17 + UnifiedSocialCreditCode.checkCharacter(first17), DEMO);
        assertThat(result).isInstanceOfSatisfying(IdentifierResult.Valid.class, valid -> assertThat(valid.warnings())
                .containsExactly(IdentifierWarning.REGISTERING_DEPARTMENT));
    }

    @Test
    void reasonOf_charactersOutsideTheAlphabet_areFormat() {
        for (String text : new String[] {"9153019SMA6K00014T", "91530199MA6K0001四T", "91530199MI6K00014T", ""}) {
            assertThat(UnifiedSocialCreditCode.reasonOf(text, DEMO)).isEqualTo(InvalidReason.FORMAT);
        }
    }

    @Test
    void organisationCode_hyphen_isRemoved() {
        assertThat(OrganisationCode.check("D2143569-X")).isEqualTo(new IdentifierResult.Valid("D2143569X", Set.of()));
        assertThat(OrganisationCode.reasonOf("D2143569-1")).isEqualTo(InvalidReason.CHECKSUM);
        assertThat(OrganisationCode.reasonOf("D2143569--X")).isEqualTo(InvalidReason.FORMAT);
        assertThatThrownBy(() -> OrganisationCode.checkCharacter("D21435", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
