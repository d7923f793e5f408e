package io.yunyu.anonymizer.hierarchy;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Values in the order of their data type, joined in groups of consecutive ones, groups of groups, and {@code *}. A label
 * names the first and the last value of its group.
 *
 * @param groups for each level how many members of the level below it joins, at least 2
 */
public record OrderHierarchy(List<Integer> groups) implements HierarchySource {
    public OrderHierarchy {
        groups = List.copyOf(groups);
        if (groups.stream().anyMatch(group -> group < 2)) {
            throw new InputException("An order hierarchy needs groups of at least 2.");
        }
    }

    @Override
    public GeneralizationHierarchy hierarchy(Column column, DataType type) {
        List<Integer> ascending = type.ascending(column.name(), column.dictionary());
        List<List<String>> rows = new ArrayList<>();
        for (int rank = 0; rank < ascending.size(); rank++) {
            List<String> row = new ArrayList<>();
            row.add(column.dictionary().get(ascending.get(rank)));
            int size = 1;
            for (int group : groups) {
                size = (int) Math.min(Integer.MAX_VALUE, (long) size * group);
                int first = rank / size * size;
                int last = (int) Math.min(ascending.size() - 1L, first + (long) size - 1);
                row.add("[" + column.dictionary().get(ascending.get(first)) + ", "
                        + column.dictionary().get(ascending.get(last)) + "]");
            }
            row.add(GeneralizationHierarchy.ANY);
            rows.add(row);
        }
        return GeneralizationHierarchy.of(column.name(), rows);
    }
}
