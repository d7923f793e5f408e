package io.yunyu.engine.aggregate;

import java.util.Optional;
import java.util.Set;

/**
 * What an output column is computed of.
 *
 * @param values positions of the plan's values in it; none for labels and what is made of them
 * @param bare the value that the column is, unchanged
 */
record ValueOrigin(Set<Integer> values, Optional<Integer> bare) {
    ValueOrigin {
        values = Set.copyOf(values);
    }
}
