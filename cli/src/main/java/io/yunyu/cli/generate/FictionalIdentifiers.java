package io.yunyu.cli.generate;

import io.yunyu.contract.identifier.CitizenId;
import io.yunyu.contract.identifier.OrganisationCode;
import io.yunyu.contract.identifier.UnifiedSocialCreditCode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Identifiers that are formally valid and nobody's: their county part, 99, is given to no county. */
public final class FictionalIdentifiers {
    private static final int FIRST_DAY = (int) LocalDate.of(1940, 1, 1).toEpochDay();
    private static final int DAYS = 29_000;
    private static final int SEQUENCES = 1_000;
    private static final long STRIDE = 11_400_713;
    private static final int BODY = 5;
    private static final long BODIES = 28_629_151;

    private FictionalIdentifiers() {}

    /** A citizen identifier; distinct for numbers below 464 million. */
    public static String citizenId(long number) {
        byte[] id = new byte[CitizenId.LENGTH];
        System.arraycopy(prefecture(number), 0, id, 0, 4);
        id[4] = '9';
        id[5] = '9';
        // Coprime to the number of days and sequence numbers: neighbours are born on different days.
        long rest = number / Prefectures.COUNT * STRIDE % ((long) DAYS * SEQUENCES);
        Codes.compactDay(FIRST_DAY + (int) (rest % DAYS), id, 6);
        int sequence = (int) (rest / DAYS % SEQUENCES);
        id[14] = (byte) ('0' + sequence / 100);
        id[15] = (byte) ('0' + sequence / 10 % 10);
        id[16] = (byte) ('0' + sequence % 10);
        id[17] = CitizenId.checkDigit(id, 0);
        return new String(id, StandardCharsets.US_ASCII);
    }

    /** A unified social credit code; distinct for numbers below 458 million. */
    public static String uscc(long number) {
        byte[] code = "91000099MA6".getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[UnifiedSocialCreditCode.LENGTH];
        System.arraycopy(code, 0, whole, 0, code.length);
        System.arraycopy(prefecture(number), 0, whole, 2, 4);
        long rest = number / Prefectures.COUNT % BODIES;
        for (int i = BODY - 1; i >= 0; i--) {
            whole[11 + i] = (byte) UnifiedSocialCreditCode.character((int) (rest % 31));
            rest /= 31;
        }
        whole[16] = OrganisationCode.checkCharacter(whole, 8);
        whole[17] = UnifiedSocialCreditCode.checkCharacter(whole, 0);
        return new String(whole, StandardCharsets.US_ASCII);
    }

    private static byte[] prefecture(long number) {
        return Codes.PREFECTURES[(int) (number % Prefectures.COUNT)];
    }
}
