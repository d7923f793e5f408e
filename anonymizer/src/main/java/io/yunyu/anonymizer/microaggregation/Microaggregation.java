package io.yunyu.anonymizer.microaggregation;

/**
 * Releases one value per class in place of an attribute's values.
 *
 * @param function how the value is found
 * @param ignoreMissing whether missing values ({@code NULL}) are left out; else one makes the result missing
 * @param clustering whether the attribute's hierarchy also forms the classes; else the attribute does not form them
 */
public record Microaggregation(AggregateFunction function, boolean ignoreMissing, boolean clustering) {}
