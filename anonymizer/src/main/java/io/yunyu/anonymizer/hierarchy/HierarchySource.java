package io.yunyu.anonymizer.hierarchy;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;

/** Where the hierarchy of an attribute comes from: given, or built for the values of its column. */
public sealed interface HierarchySource
        permits GeneralizationHierarchy,
                IntervalHierarchy,
                OrderHierarchy,
                RedactionHierarchy,
                DateHierarchy,
                PriorityHierarchy {
    /** @throws io.yunyu.anonymizer.data.InputException if a value does not fit; names the column, not the value */
    GeneralizationHierarchy hierarchy(Column column, DataType type);
}
