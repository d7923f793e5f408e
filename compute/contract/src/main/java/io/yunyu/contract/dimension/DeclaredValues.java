package io.yunyu.contract.dimension;

import java.util.List;
import java.util.Optional;

/** Values that a column of a dimension can have, for whoever makes some up. */
public final class DeclaredValues {
    private DeclaredValues() {}

    /** As a CSV file spells them; empty where the dimension bounds groups, not values. */
    public static Optional<List<String>> of(Dimension dimension) {
        if (dimension instanceof CodeList list) {
            return Optional.of(list.codes());
        } else if (dimension instanceof NestedCodes nested) {
            return Optional.of(nested.codes().stream()
                    .map(code -> code + "0".repeat(nested.length() - code.length()))
                    .toList());
        }
        return Optional.empty();
    }
}
