package io.yunyu.cli.generate;

import io.yunyu.contract.identifier.OrganisationCode;
import io.yunyu.contract.identifier.UnifiedSocialCreditCode;

/** One legal person's facts that several tables share. A cursor: filled in anew for each index, never kept. */
final class Firm {
    private static final int BODY = 5;

    int prefecture;
    /** Place in the prefecture's order of size: near 0 the largest, near 1 the smallest. */
    double size;
    /** Persons that the firm employs on average, by its place in that order. */
    double meanStaff;
    /** Latent health, standard normal: better firms live longer, pay in time, grow. */
    double health;

    boolean active;
    Kind kind = Kind.ENTERPRISE;
    /** Distinct for every firm; spelled out in the organisation code. */
    long number;

    private final byte[] code = new byte[UnifiedSocialCreditCode.LENGTH];

    /** What is registered where (GB 32100: registering department and category). */
    enum Kind {
        ENTERPRISE("91", "MA6", "企业", "有限公司"),
        SELF_EMPLOYED("92", "MA6", "个体工商户", "经营部"),
        COOPERATIVE("93", "MA6", "农民专业合作社", "专业合作社"),
        PUBLIC_INSTITUTION("12", "MB1", "事业单位", "中心"),
        ASSOCIATION("51", "MJD", "社会团体", "协会"),
        PRIVATE_NON_ENTERPRISE("52", "MJD", "民办非企业单位", "服务中心");

        final byte[] category;
        final byte[] stem;
        final byte[] title;
        final byte[] nameEnding;

        Kind(String category, String stem, String title, String nameEnding) {
            this.category = Csv.field(category);
            this.stem = Csv.field(stem);
            this.title = Csv.field(title);
            this.nameEnding = Csv.field(nameEnding);
        }
    }

    /** The unified social credit code. The array is reused by the next call. */
    byte[] code() {
        return code(number);
    }

    /** A formally valid code that no firm has. The array is reused by the next call. */
    byte[] unknownCode() {
        return code(Firms.CODES - 1 - number);
    }

    /** The code with a check character that is wrong. The array is reused by the next call. */
    byte[] mistypedCode() {
        byte[] mistyped = code();
        int last = UnifiedSocialCreditCode.LENGTH - 1;
        mistyped[last] = mistyped[last] == '7' ? (byte) '4' : (byte) '7';
        return mistyped;
    }

    private byte[] code(long codeNumber) {
        System.arraycopy(kind.category, 0, code, 0, 2);
        System.arraycopy(Codes.PREFECTURES[prefecture], 0, code, 2, 4);
        code[6] = '9';
        code[7] = '9';
        System.arraycopy(kind.stem, 0, code, 8, 3);
        long rest = codeNumber;
        for (int i = BODY - 1; i >= 0; i--) {
            code[11 + i] = (byte) UnifiedSocialCreditCode.character((int) (rest % 31));
            rest /= 31;
        }
        code[16] = OrganisationCode.checkCharacter(code, 8);
        code[17] = UnifiedSocialCreditCode.checkCharacter(code, 0);
        return code;
    }
}
