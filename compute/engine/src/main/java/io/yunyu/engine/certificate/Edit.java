package io.yunyu.engine.certificate;

import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * One change of a block.
 *
 * @param step what it is, in a sentence without literals
 */
record Edit(String step, QueryBlock block) {
    private static final int LONGEST = 60;

    /** What a step may quote: names, never literals, and nothing that could format a message or steer a terminal. */
    static String shown(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}_.,() -]", "");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }

    /** The columns that an expression is about. */
    static String columns(Expression expression) {
        String names = QueryBlock.columns(expression).stream()
                .map(a -> shown(a.name()))
                .distinct()
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return names.isEmpty() ? "constants" : shown(names);
    }
}
