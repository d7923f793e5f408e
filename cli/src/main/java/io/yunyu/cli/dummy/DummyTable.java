package io.yunyu.cli.dummy;

import io.yunyu.cli.generate.Draws;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.profile.Band;
import io.yunyu.contract.profile.ProtectedProfile;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes made-up records of one dataset.
 *
 * <p>Guarantees: equal arguments give equal text; memory does not grow with the number of records; the units of all
 * tables of a family are the same ones, so that a join by the unit finds rows; if hints are given, more than half of the
 * units have, in every table, records that pass the query's WHERE clause, and few different values in its group columns.
 */
final class DummyTable {
    private static final double MATCHING = 0.6;
    private static final double MISSING = 0.05;
    /** Shares of the few values that group columns of matching units have. */
    private static final double[] GROUPS = {0.6, 0.85, 1};

    private final DummyDataset dataset;
    private final long seed;
    private final QueryHints hints;
    private final Draws family;
    private final List<ColumnValues> columns = new ArrayList<>();

    DummyTable(DummyDataset dataset, long seed, QueryHints hints) {
        this.dataset = dataset;
        this.seed = seed;
        this.hints = hints;
        this.family = new Draws(seed, "family " + dataset.family());
        dataset.attributes().forEach(attribute -> columns.add(column(attribute)));
    }

    /** Writes a header and {@code rows} records (RFC 4180, UTF-8 by the writer, line feeds). */
    void write(long rows, Writer csv) throws IOException {
        StringBuilder line = new StringBuilder();
        for (AttributeSpec attribute : dataset.attributes()) {
            field(attribute.name(), line);
        }
        end(line, csv);
        Draws counts = new Draws(seed, "records " + dataset.id());
        long unit = 0;
        for (long record = 0; record < rows; unit++) {
            long until = Math.min(rows, record + records(counts.at(unit)));
            for (; record < until; record++) {
                for (ColumnValues column : columns) {
                    field(column.of(unit, record), line);
                }
                end(line, csv);
            }
        }
    }

    private long records(Draws draws) {
        if (dataset.isRowUnit()) {
            return 1;
        }
        List<Band> bands =
                dataset.profile().map(ProtectedProfile::recordsPerUnit).orElse(List.of());
        if (bands.isEmpty()) {
            return 1 + draws.below(3);
        }
        Band band = BandValues.pick(bands, draws);
        long from = Long.parseLong(band.from().orElse("1"));
        long until = Long.parseLong(band.until().orElse("2"));
        return from + draws.below(Math.max(1, until - from));
    }

    private ColumnValues column(AttributeSpec attribute) {
        if (dataset.isUnit(attribute)) {
            return OrdinaryValues.units(attribute);
        }
        QueryHints.Column named = new QueryHints.Column(dataset.id(), attribute.name());
        QueryHints.Column column = hints.representative(named);
        // Columns that a join compares must be equal for a unit whichever table it is looked up in.
        boolean byUnit = hints.isJoined(named);
        Draws draws = new Draws(seed, column.dataset() + " " + column.name());
        ColumnValues ordinary = ordinary(byUnit ? named(attribute, column.name()) : attribute, draws, byUnit);
        List<List<String>> matching = matching(attribute, named);
        boolean few = hints.isGroup(named) && !OrdinaryValues.isDistinct(attribute);
        return (unit, record) -> {
            if (!matches(unit)) {
                return ordinary.of(unit, record);
            }
            long of = byUnit ? unit : record;
            List<String> values = matching.get(family.below(matching.size()));
            if (!values.isEmpty()) {
                return values.get(draws.at(of).below(values.size()));
            }
            return few ? few(attribute, draws.at(of)) : ordinary.of(unit, record);
        };
    }

    /** For each branch the values that pass it, none if all do. */
    private List<List<String>> matching(AttributeSpec attribute, QueryHints.Column column) {
        List<List<String>> byBranch = new ArrayList<>();
        for (int i = 0; i < hints.branches().size(); i++) {
            byBranch.add(hints.matching(i, column).orElse(List.of()).stream()
                    .filter(value -> OrdinaryValues.isAllowed(attribute, value))
                    .toList());
        }
        return byBranch;
    }

    /** Labels are made from the name, so joined columns must go by one. */
    private static AttributeSpec named(AttributeSpec attribute, String name) {
        return new AttributeSpec(
                name,
                attribute.type(),
                attribute.role(),
                attribute.grade(),
                attribute.identifier(),
                attribute.required(),
                attribute.titleZh(),
                attribute.titleEn(),
                attribute.dimension(),
                attribute.highCardinality());
    }

    private ColumnValues ordinary(AttributeSpec attribute, Draws draws, boolean byUnit) {
        if (OrdinaryValues.isDistinct(attribute)) {
            ColumnValues distinct = OrdinaryValues.distinct(attribute, draws);
            return byUnit ? (unit, record) -> distinct.of(unit, unit) : distinct;
        }
        // A profile of one table does not bind the other.
        List<Band> bands = byUnit ? List.of() : bands(attribute);
        return (unit, record) -> {
            draws.at(byUnit ? unit : record);
            if (!bands.isEmpty()) {
                return BandValues.draw(attribute, bands, draws);
            }
            boolean missing = !attribute.required() && !byUnit && draws.chance(MISSING);
            return missing ? ColumnValues.MISSING : OrdinaryValues.at(attribute, skewed(attribute, draws));
        };
    }

    /** Labels are not alike frequent, quantities are spread evenly. */
    private static double skewed(AttributeSpec attribute, Draws draws) {
        double place = draws.unit();
        return attribute.type().equals("STRING") ? place * place : place;
    }

    private String few(AttributeSpec attribute, Draws draws) {
        double at = draws.unit();
        int i = at < GROUPS[0] ? 0 : at < GROUPS[1] ? 1 : 2;
        List<Band> values =
                bands(attribute).stream().filter(b -> b.value().isPresent()).toList();
        if (!values.isEmpty()) {
            return values.get(Math.min(i, values.size() - 1)).value().orElseThrow();
        }
        return OrdinaryValues.at(attribute, (i + 0.5) / 6);
    }

    private List<Band> bands(AttributeSpec attribute) {
        return dataset.profile()
                .map(profile -> profile.columns().getOrDefault(attribute.name(), List.of()))
                .orElse(List.of());
    }

    /** Leaves the stream of the unit where its branch is drawn next. */
    private boolean matches(long unit) {
        return !hints.branches().isEmpty() && family.at(unit).chance(MATCHING);
    }

    private static void field(String text, StringBuilder line) {
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        line.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text).append(',');
    }

    private static void end(StringBuilder line, Writer csv) throws IOException {
        line.setCharAt(line.length() - 1, '\n');
        csv.append(line);
        line.setLength(0);
    }
}
