package io.yunyu.cli.generate;

import io.yunyu.contract.dimension.Dimension;
import io.yunyu.contract.dimension.NestedCodes;
import java.util.ArrayList;
import java.util.List;

/**
 * The 16 prefectures with their population of the 2020 census. Divides any number of units among them in the census'
 * proportion: the units of a prefecture are one contiguous range.
 */
final class Prefectures {
    static final int COUNT = 16;
    /** Kunming, the provincial capital, is the first. */
    static final int CAPITAL = 0;

    private static final List<String[]> LINES = Resource.lines("prefectures.csv");
    private static final long[] CUMULATIVE = cumulative();

    private Prefectures() {}

    /** Where the units of each prefecture begin, and the total at the end. */
    static long[] divide(long units) {
        long[] starts = new long[COUNT + 1];
        for (int i = 0; i <= COUNT; i++) {
            starts[i] = units * CUMULATIVE[i] / CUMULATIVE[COUNT];
        }
        return starts;
    }

    /** The prefecture whose range holds {@code unit}. */
    static int find(long[] starts, long unit) {
        int i = 0;
        while (unit >= starts[i + 1]) {
            i++;
        }
        return i;
    }

    static double[] populations() {
        return LINES.stream().mapToDouble(line -> Double.parseDouble(line[2])).toArray();
    }

    static byte[][] codes() {
        return LINES.stream().map(line -> Csv.field(line[0])).toArray(byte[][]::new);
    }

    static byte[][] names() {
        return LINES.stream().map(line -> Csv.field(line[1])).toArray(byte[][]::new);
    }

    static List<String> nameList() {
        return LINES.stream().map(line -> line[1]).toList();
    }

    /** Codes of administrative divisions (GB/T 2260): six digits, of which two name the province and four the prefecture. */
    static Dimension divisions() {
        return new NestedCodes(
                List.of(new NestedCodes.Level("province", 2), new NestedCodes.Level("prefecture", 4)),
                6,
                LINES.stream().map(line -> line[0].substring(0, 4)).toList());
    }

    /** Names without the word for the kind of division, as firms use them. */
    static byte[][] shortNames() {
        return LINES.stream()
                .map(line -> Csv.field(line[1].substring(0, line[1].startsWith("西双版纳") ? 4 : 2)))
                .toArray(byte[][]::new);
    }

    /** Ethnic groups, 汉族 first. */
    static List<String> ethnicGroups() {
        List<String> groups = new ArrayList<>(List.of("汉族"));
        Resource.lines("ethnic-groups.csv").forEach(line -> groups.add(line[0]));
        return groups;
    }

    /** For each prefecture, the shares of {@link #ethnicGroups}. */
    static Weighted[] ethnicShares() {
        List<String[]> groups = Resource.lines("ethnic-groups.csv");
        List<String> codes = LINES.stream().map(line -> line[0]).toList();
        double[][] persons = new double[COUNT][groups.size() + 1];
        double[] populations = populations();
        for (int p = 0; p < COUNT; p++) {
            persons[p][0] = populations[p];
        }
        for (int g = 0; g < groups.size(); g++) {
            String[] line = groups.get(g);
            for (int i = 1; i < line.length; i++) {
                String[] part = line[i].split(":");
                int p = codes.indexOf(part[0]);
                persons[p][g + 1] = Double.parseDouble(part[1]);
                persons[p][0] -= persons[p][g + 1];
            }
        }
        Weighted[] shares = new Weighted[COUNT];
        for (int p = 0; p < COUNT; p++) {
            shares[p] = new Weighted(persons[p]);
        }
        return shares;
    }

    private static long[] cumulative() {
        long[] cumulative = new long[COUNT + 1];
        for (int i = 0; i < COUNT; i++) {
            cumulative[i + 1] = cumulative[i] + Long.parseLong(LINES.get(i)[2]);
        }
        return cumulative;
    }
}
