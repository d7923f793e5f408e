package io.yunyu.cli.generate;

import java.util.List;

/** Texts that several tables write. */
final class Codes {
    static final byte[][] PREFECTURES = Prefectures.codes();
    static final byte[][] PREFECTURE_NAMES = Prefectures.names();
    static final List<String> SEXES = List.of("男", "女");
    static final List<String> YES_NO = List.of("是", "否");
    static final byte[] MALE = Csv.field(SEXES.get(0));
    static final byte[] FEMALE = Csv.field(SEXES.get(1));
    static final byte[] EMPTY = {};

    private Codes() {}

    static byte[] sex(boolean male) {
        return male ? MALE : FEMALE;
    }

    /** Writes a day of 1900 to 2029 as yyyyMMdd. */
    static void compactDay(int epochDay, byte[] target, int offset) {
        int source = Csv.dayOffset(epochDay);
        System.arraycopy(Csv.DAYS, source, target, offset, 4);
        System.arraycopy(Csv.DAYS, source + 5, target, offset + 4, 2);
        System.arraycopy(Csv.DAYS, source + 8, target, offset + 6, 2);
    }
}
