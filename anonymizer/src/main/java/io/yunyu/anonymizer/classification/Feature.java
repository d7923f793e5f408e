package io.yunyu.anonymizer.classification;

/** Values of one attribute as categories. */
public interface Feature {
    /** Code of a row's value, from 0 on. */
    int code(int row);
}
