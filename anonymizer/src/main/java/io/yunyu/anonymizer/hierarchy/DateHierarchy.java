package io.yunyu.anonymizer.hierarchy;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Dates on one level per granularity, and {@code *}. A granularity must not cut across the one before it: a week may not
 * come before a month.
 *
 * @param granularities from fine to coarse
 */
public record DateHierarchy(List<Granularity> granularities) implements HierarchySource {
    /** What is kept of a date. */
    public enum Granularity {
        DAY {
            @Override
            String label(LocalDate date) {
                return date.toString();
            }
        },
        WEEK {
            @Override
            String label(LocalDate date) {
                return String.format(
                        "%04d-W%02d", date.get(IsoFields.WEEK_BASED_YEAR), date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            }
        },
        MONTH {
            @Override
            String label(LocalDate date) {
                return String.format("%04d-%02d", date.getYear(), date.getMonthValue());
            }
        },
        QUARTER {
            @Override
            String label(LocalDate date) {
                return String.format("%04d-Q%d", date.getYear(), date.get(IsoFields.QUARTER_OF_YEAR));
            }
        },
        YEAR {
            @Override
            String label(LocalDate date) {
                return years(date, 1);
            }
        },
        DECADE {
            @Override
            String label(LocalDate date) {
                return years(date, 10);
            }
        },
        CENTURY {
            @Override
            String label(LocalDate date) {
                return years(date, 100);
            }
        },
        MILLENNIUM {
            @Override
            String label(LocalDate date) {
                return years(date, 1000);
            }
        };

        abstract String label(LocalDate date);

        private static String years(LocalDate date, int width) {
            int from = Math.floorDiv(date.getYear(), width) * width;
            return width == 1 ? String.format("%04d", from) : "[" + from + ", " + (from + width) + "[";
        }
    }

    public DateHierarchy {
        granularities = List.copyOf(granularities);
        if (granularities.isEmpty()) {
            throw new InputException("A date hierarchy needs at least one granularity.");
        }
    }

    @Override
    public GeneralizationHierarchy hierarchy(Column column, DataType type) {
        if (!(type instanceof DataType.Date dates)) {
            throw new InputException("Column '" + column.name() + "' needs dataType date for a date hierarchy.");
        }
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(dates.pattern());
        List<List<String>> rows = new ArrayList<>();
        for (int code = 0; code < column.dictionary().size(); code++) {
            List<String> row = new ArrayList<>();
            row.add(column.dictionary().get(code));
            LocalDate date = date(column, code, formatter);
            granularities.forEach(granularity -> row.add(granularity.label(date)));
            row.add(GeneralizationHierarchy.ANY);
            rows.add(row);
        }
        return GeneralizationHierarchy.of(column.name(), rows);
    }

    private static LocalDate date(Column column, int code, DateTimeFormatter formatter) {
        try {
            return LocalDate.parse(column.dictionary().get(code), formatter);
        } catch (DateTimeException e) {
            throw new InputException("Column '" + column.name() + "': its " + (code + 1)
                    + "th distinct value in input order is not a date in the declared format.");
        }
    }
}
