package io.yunyu.anonymizer.classes;

import java.io.Serializable;

/** Says which class a tuple is in, for whoever holds the records: where classes have labels of their own, levels do not say it. */
public interface ClassOfTuple extends Serializable {
    /** @param codes of the quasi-identifiers' values. @return negative if the tuple is in no class */
    int of(int[] codes);
}
