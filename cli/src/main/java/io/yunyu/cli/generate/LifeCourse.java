package io.yunyu.cli.generate;

import java.util.List;

/** Marital status and education by age: plausible shapes, not estimates. */
final class LifeCourse {
    static final List<String> MARITAL_STATUSES = List.of("未婚", "有配偶", "离婚", "丧偶");
    static final List<String> EDUCATION = List.of("学龄前", "未上过学", "小学", "初中", "高中", "大学专科", "大学本科", "研究生");

    private static final byte[] SINGLE = Csv.field(MARITAL_STATUSES.get(0));
    private static final byte[] MARRIED = Csv.field(MARITAL_STATUSES.get(1));
    private static final byte[] DIVORCED = Csv.field(MARITAL_STATUSES.get(2));
    private static final byte[] WIDOWED = Csv.field(MARITAL_STATUSES.get(3));

    private static final byte[] BEFORE_SCHOOL = Csv.field(EDUCATION.get(0));
    private static final byte[][] LEVELS =
            EDUCATION.stream().skip(1).map(Csv::field).toArray(byte[][]::new);
    private static final Weighted YOUNG = new Weighted(new double[] {0.5, 8, 30, 24, 20, 16, 1.5});
    private static final Weighted MIDDLE = new Weighted(new double[] {3, 30, 42, 12, 7, 5.5, 0.5});
    private static final Weighted OLD = new Weighted(new double[] {24, 48, 19, 6, 2, 0.9, 0.1});

    private LifeCourse() {}

    static byte[] marital(Person person, Draws draws) {
        int age = person.age();
        double u = draws.unit();
        if (age < (person.male ? 22 : 20)) {
            return SINGLE;
        }
        double single = Math.max(0.04, 0.9 - (age - 20) * (person.male ? 0.055 : 0.07));
        double widowed = age < 50 ? 0.005 : Math.min(0.75, (age - 50) * (person.male ? 0.008 : 0.018));
        if (u < single) {
            return SINGLE;
        }
        if (u < single + (1 - single) * widowed) {
            return WIDOWED;
        }
        return u > 0.965 ? DIVORCED : MARRIED;
    }

    static byte[] education(Person person, Draws draws) {
        int age = person.age();
        if (age < 6) {
            return BEFORE_SCHOOL;
        }
        int finished = age < 12 ? 1 : age < 15 ? 2 : age < 18 ? 3 : LEVELS.length - 1;
        Weighted levels = age < 40 ? YOUNG : age < 60 ? MIDDLE : OLD;
        int level = levels.pick(draws);
        return LEVELS[age < 18 ? finished : age < 23 ? Math.min(level, 5) : level];
    }
}
