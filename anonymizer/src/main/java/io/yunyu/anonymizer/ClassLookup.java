package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.ClassOfTuple;
import io.yunyu.anonymizer.data.Column;
import java.util.List;

/**
 * How whoever holds the records finds their classes.
 *
 * @param columns the quasi-identifiers that form classes, whose dictionaries give the codes
 */
public record ClassLookup(List<Column> columns, ClassOfTuple classOf) {}
