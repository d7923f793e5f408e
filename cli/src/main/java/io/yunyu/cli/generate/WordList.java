package io.yunyu.cli.generate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Words with weights, ready to be written: UTF-8 and quoted where CSV needs it. */
final class WordList {
    private final byte[][] words;
    private final Weighted weighted;

    WordList(List<String> words, List<Double> weights) {
        this.words = words.stream().map(Csv::field).toArray(byte[][]::new);
        this.weighted =
                new Weighted(weights.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The list in a line of {@code kind,word:weight,...}. */
    static WordList parse(String[] line) {
        List<String> words = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int i = 1; i < line.length; i++) {
            String[] parts = line[i].split(":");
            words.add(parts[0]);
            weights.add(Double.valueOf(parts[1]));
        }
        return new WordList(words, weights);
    }

    byte[] pick(Draws draws) {
        return words[weighted.pick(draws)];
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
