package io.yunyu.cli.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which department a patient visits, and with what diagnosis: by age group and sex. */
final class Departments {
    private static final int AGE_GROUPS = 5;

    final byte[][] names;
    final double[] feeFactors;
    private final Weighted[] choice = new Weighted[2 * AGE_GROUPS];
    private final double[][] weights = new double[2 * AGE_GROUPS][];
    private final WordList[] diagnoses;
    private final boolean[] emergency;
    private final boolean[] chronic;

    Departments() {
        List<String[]> lines = Resource.lines("departments.csv");
        int count = lines.size();
        names = lines.stream().map(line -> Csv.field(line[0])).toArray(byte[][]::new);
        feeFactors =
                lines.stream().mapToDouble(line -> Double.parseDouble(line[1])).toArray();
        emergency = new boolean[count];
        chronic = new boolean[count];
        for (int i = 0; i < count; i++) {
            emergency[i] = lines.get(i)[0].startsWith("急诊");
            chronic[i] = lines.get(i)[0].startsWith("心血管") || lines.get(i)[0].startsWith("内分泌");
        }
        for (int slot = 0; slot < choice.length; slot++) {
            weights[slot] = new double[count];
            for (int i = 0; i < count; i++) {
                boolean open = admits(lines.get(i)[7], slot % 2 == 0);
                weights[slot][i] = open ? Double.parseDouble(lines.get(i)[2 + slot / 2]) : 0;
            }
            choice[slot] = new Weighted(weights[slot]);
        }
        diagnoses = diagnoses(lines);
    }

    static List<String> nameList() {
        return Resource.lines("departments.csv").stream().map(line -> line[0]).toList();
    }

    int pick(int age, boolean male, Draws draws) {
        return choice[slot(age, male)].pick(draws);
    }

    byte[] diagnosis(int department, boolean male, Draws draws) {
        return diagnoses[2 * department + (male ? 0 : 1)].pick(draws);
    }

    boolean isEmergency(int department) {
        return emergency[department];
    }

    /** Whether visits of older people here are mostly for one of the chronic diseases with an insurance scheme of their own. */
    boolean isChronic(int department) {
        return chronic[department];
    }

    /** The mean fee factor of a visit at this age and sex. */
    double meanFeeFactor(int age, boolean male) {
        double[] shares = weights[slot(age, male)];
        double sum = 0;
        double total = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += shares[i] * feeFactors[i];
            total += shares[i];
        }
        return sum / total;
    }

    private static int slot(int age, boolean male) {
        int group = age < 5 ? 0 : age < 15 ? 1 : age < 45 ? 2 : age < 60 ? 3 : 4;
        return 2 * group + (male ? 0 : 1);
    }

    private static boolean admits(String only, boolean male) {
        return only.equals("-") || only.equals(male ? "男" : "女");
    }

    private static WordList[] diagnoses(List<String[]> departments) {
        Map<String, String[]> byDepartment = new HashMap<>();
        Resource.lines("diagnoses.csv").forEach(line -> byDepartment.put(line[0], line));
        WordList[] lists = new WordList[2 * departments.size()];
        for (int i = 0; i < departments.size(); i++) {
            String[] line = byDepartment.get(departments.get(i)[0]);
            if (line == null) {
                throw new IllegalStateException("Department number " + i + " has no line in diagnoses.csv.");
            }
            lists[2 * i] = diagnoses(line, 'f');
            lists[2 * i + 1] = diagnoses(line, 'm');
        }
        return lists;
    }

    /** Without the diagnoses of the other sex. A department that does not admit a sex has an empty list, never drawn. */
    private static WordList diagnoses(String[] line, char otherSex) {
        List<String> codes = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int i = 1; i < line.length; i++) {
            String[] part = line[i].split(":");
            char mark = part[1].charAt(part[1].length() - 1);
            if (mark != otherSex) {
                codes.add(part[0]);
                weights.add(Double.valueOf(part[1].replaceAll("[mf]$", "")));
            }
        }
        return new WordList(codes, weights);
    }
}
