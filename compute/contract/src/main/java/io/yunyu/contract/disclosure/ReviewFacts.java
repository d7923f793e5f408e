package io.yunyu.contract.disclosure;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a reviewer is told of a protected table beside the table itself. It is sealed together with the candidate and left
 * behind when the candidate is released. Holds words, names of jobs, and numbers that follow from the rules and from what
 * was decided before; no value of a record, no count and no sum before protection.
 *
 * @param job that made the candidate
 * @param columns how the noise of the table's columns is measured, in the table's order
 * @param marks by row and column of the table: {@link #LABEL}, {@link #NOISE}, {@link #REPEATED}, {@link #EXACT}, {@link #NONE}, or the
 *     rule by which the value, or a part of what it is computed from, is withheld
 * @param withheld how many of the units are in groups below the threshold; absent where that would cost budget
 * @param overlaps with earlier jobs
 * @param guarded what the guard did to the developer's answers; absent where no guard is asked
 * @param suppression how the cells of a planned publication were withheld
 */
public record ReviewFacts(
        String job,
        List<ColumnNoise> columns,
        List<List<String>> marks,
        Optional<WithheldShare> withheld,
        List<Overlap> overlaps,
        Optional<Guarded> guarded,
        Optional<Suppression> suppression) {
    /** Of a group's label, or what was made of labels alone. */
    public static final String LABEL = "label";
    /** Published with noise of its own. */
    public static final String NOISE = "noise";
    /** Answered as a set of units was before that is the same or nearly so: which of the two is not told. */
    public static final String REPEATED = "repeated";
    /** Published as it is, in a planned publication. */
    public static final String EXACT = "exact";
    /** Nothing is withheld and yet there is no value, such as of a division by 0. */
    public static final String NONE = "none";

    private static final String TYPE = "ReviewFacts/1";

    /** What the standard deviation of a column's noise is given in. */
    public enum NoiseUnit {
        /** The unit of the published value. */
        VALUE,
        /** Units of privacy: a count of rows is scaled with the rows that a unit has. */
        UNITS,
        /** The cell's largest contribution, which is not told. */
        LARGEST_CONTRIBUTION
    }

    /**
     * A column's noise, from rules alone.
     *
     * @param kind {@code label}, {@code units}, {@code rows}, {@code count}, {@code sum}, {@code mean}, {@code spread} or
     *     {@code computed}
     * @param deviation standard deviation in {@code unit}; both absent where no single number says it
     */
    public record ColumnNoise(String kind, Optional<BigDecimal> deviation, Optional<NoiseUnit> unit) {
        /** Of a column whose noise no number describes. */
        public static ColumnNoise of(String kind) {
            return new ColumnNoise(kind, Optional.empty(), Optional.empty());
        }

        public static ColumnNoise of(String kind, BigDecimal deviation, NoiseUnit unit) {
            return new ColumnNoise(kind, Optional.of(deviation), Optional.of(unit));
        }
    }

    /** Share of the units, one for each cell that it is in, whose cells are below the threshold; in bands, after noise. */
    public enum WithheldShare {
        /** Less than 5 percent, or too few units to be told from none. */
        FEW,
        /** 5 up to 10 percent. */
        TENTH,
        /** 10 up to 25 percent. */
        QUARTER,
        /** 25 up to 50 percent. */
        HALF,
        MOST
    }

    /**
     * With an earlier job of the dataset family.
     *
     * @param cells rows of the table of which a value is answered as that job first was
     */
    public record Overlap(String job, long cells) {}

    /**
     * What the guard did to one developer's answers on the dataset family, this job's included.
     *
     * @param days of the window, today the last
     * @param repeated answers given as before, of equal sets and of near ones
     * @param withheld answers not given, since all together would tell too much
     */
    public record Guarded(int days, long repeated, long withheld) {}

    /**
     * How far an attacker must be left in the dark about the worst withheld cell, in multiples of what is demanded. Bands:
     * the ratio itself and the published table would tell what is demanded, and with it how many units are in the cell.
     */
    public enum RatioBand {
        /** At least what is demanded; more was not proved. */
        ONE,
        /** At least twice. */
        TWO,
        /** No cell is withheld. */
        NONE;

        /** @param ratio at least 1, or infinite where nothing is demanded */
        public static RatioBand of(double ratio) {
            return Double.isInfinite(ratio) ? NONE : ratio < 2 ? ONE : TWO;
        }
    }

    /**
     * Of a planned publication.
     *
     * @param primary listed cells that a rule withholds
     * @param secondary listed cells that are withheld so that nobody computes the others from them
     * @param optimal whether the solver says that no safe pattern costs less
     */
    public record Suppression(long primary, long secondary, boolean optimal, RatioBand ratio) {
        public Map<String, Object> toJson() {
            return Json.object("primary", primary, "secondary", secondary, "optimal", optimal, "ratio", ratio.name());
        }

        static Suppression parse(JsonObject json) {
            json.onlyMembers(Set.of("primary", "secondary", "optimal", "ratio"));
            return new Suppression(
                    json.longValue("primary"),
                    json.longValue("secondary"),
                    json.bool("optimal"),
                    json.enumValue("ratio", RatioBand.class));
        }
    }

    /** Of an answer with noise. */
    public ReviewFacts(
            String job,
            List<ColumnNoise> columns,
            List<List<String>> marks,
            Optional<WithheldShare> withheld,
            List<Overlap> overlaps,
            Optional<Guarded> guarded) {
        this(job, columns, marks, withheld, overlaps, guarded, Optional.empty());
    }

    public ReviewFacts {
        columns = List.copyOf(columns);
        marks = marks.stream().map(List::copyOf).toList();
        overlaps = List.copyOf(overlaps);
        int width = columns.size();
        if (marks.stream().anyMatch(row -> row.size() != width)) {
            throw new JsonException("A row of marks has another length than there are columns.");
        }
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "type", TYPE,
                "jobId", job,
                "columns",
                        columns.stream()
                                .map(c -> Json.object(
                                        "kind", c.kind,
                                        "deviation", c.deviation.orElse(null),
                                        "unit", c.unit.map(Enum::name).orElse(null)))
                                .toList(),
                "marks", marks,
                "withheldUnits", withheld.map(Enum::name).orElse(null),
                "overlaps",
                        overlaps.stream()
                                .map(o -> Json.object("jobId", o.job, "cells", o.cells))
                                .toList(),
                "guarded",
                        guarded.map(g -> Json.object("days", g.days, "repeated", g.repeated, "withheld", g.withheld))
                                .orElse(null),
                "suppression", suppression.map(Suppression::toJson).orElse(null));
    }

    public static ReviewFacts parse(JsonObject json) {
        json.onlyMembers(
                Set.of("type", "jobId", "columns", "marks", "withheldUnits", "overlaps", "guarded", "suppression"));
        if (!json.string("type").equals(TYPE)) {
            throw new JsonException("This is no " + TYPE + ".");
        }
        return new ReviewFacts(
                json.string("jobId"),
                json.objects("columns").stream().map(ReviewFacts::column).toList(),
                json.list("marks", ReviewFacts::words),
                json.has("withheldUnits")
                        ? Optional.of(json.enumValue("withheldUnits", WithheldShare.class))
                        : Optional.empty(),
                json.objects("overlaps").stream().map(ReviewFacts::overlap).toList(),
                json.has("guarded") ? Optional.of(guarded(json.object("guarded"))) : Optional.empty(),
                json.has("suppression")
                        ? Optional.of(Suppression.parse(json.object("suppression")))
                        : Optional.empty());
    }

    private static ColumnNoise column(JsonObject json) {
        json.onlyMembers(Set.of("kind", "deviation", "unit"));
        return new ColumnNoise(
                json.string("kind"),
                json.has("deviation") ? Optional.of(json.decimal("deviation")) : Optional.empty(),
                json.has("unit") ? Optional.of(json.enumValue("unit", NoiseUnit.class)) : Optional.empty());
    }

    private static Overlap overlap(JsonObject json) {
        json.onlyMembers(Set.of("jobId", "cells"));
        return new Overlap(json.string("jobId"), json.longValue("cells"));
    }

    private static Guarded guarded(JsonObject json) {
        json.onlyMembers(Set.of("days", "repeated", "withheld"));
        return new Guarded(json.intValue("days"), json.longValue("repeated"), json.longValue("withheld"));
    }

    private static List<String> words(@org.jspecify.annotations.Nullable Object row) {
        if (!(row instanceof List<?> words) || words.stream().anyMatch(w -> !(w instanceof String))) {
            throw new JsonException("A row of marks is a list of words.");
        }
        return words.stream().map(String.class::cast).toList();
    }
}
