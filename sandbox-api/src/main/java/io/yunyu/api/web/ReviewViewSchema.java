package io.yunyu.api.web;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;

/** What {@code GET /api/v1/reviews/{id}} answers. */
final class ReviewViewSchema {
    private ReviewViewSchema() {}

    static Schema<?> review() {
        ObjectSchema review = new ObjectSchema();
        for (String text : List.of(
                "jobId",
                "agreementId",
                "purpose",
                "developer",
                "submittedBy",
                "submittedAt",
                "kind",
                "sql",
                "candidateDigest",
                "reportDigest",
                "policyVersion",
                "reviewer",
                "organization")) {
            review.addProperty(text, new StringSchema());
        }
        return review.addProperty("programs", new ArraySchema().items(new ObjectSchema()))
                .addProperty("report", new ObjectSchema())
                .addProperty("table", new ObjectSchema().description("columns, rows and suppressed, as in table.json"))
                .addProperty("view", new Schema<>().$ref("ReviewView"))
                .addProperty("anonymization", new ObjectSchema().description("of a data element"))
                .addProperty("earlierElements", new ArraySchema().items(new StringSchema()));
    }

    static Schema<?> schema() {
        return new ObjectSchema()
                .description(
                        "Member 'view' of GET /api/v1/reviews/{id}: what protection did to the table; of a data element the"
                                + " budgets only. No value here is unprotected. marks, withheldUnits, overlaps and guarded come sealed with the candidate, never"
                                + " leave with its release, and are absent of candidates sealed before there were any.")
                .addProperty("columns", new ArraySchema().items(column()))
                .addProperty(
                        "rules",
                        new ArraySchema()
                                .items(new ObjectSchema()
                                        .addProperty("rule", new StringSchema())
                                        .addProperty("cells", new IntegerSchema())))
                .addProperty("averagingAlarm", new BooleanSchema())
                .addProperty("budgets", new ArraySchema().items(new ObjectSchema()))
                .addProperty(
                        "marks",
                        new ArraySchema()
                                .description("by row and column of 'table'")
                                .items(new ArraySchema().items(mark())))
                .addProperty(
                        "withheldUnits",
                        word(
                                "share of the units in groups below the threshold, with noise and in bands: below 5 % or too"
                                        + " few to tell, 10, 25, 50 %, more",
                                "FEW", "TENTH", "QUARTER", "HALF", "MOST"))
                .addProperty("overlaps", new ArraySchema().items(overlap()))
                .addProperty("guarded", guarded())
                .addProperty("suppression", suppression());
    }

    private static Schema<?> suppression() {
        return new ObjectSchema()
                .description("of a planned publication")
                .addProperty("primary", new IntegerSchema().description("listed cells that a rule withholds"))
                .addProperty(
                        "secondary", new IntegerSchema().description("withheld so that nobody computes those back"))
                .addProperty("optimal", new BooleanSchema().description("whether no safe choice withholds less"))
                .addProperty(
                        "ratio",
                        word(
                                "how uncertain the worst withheld cell is left, in multiples of what is demanded: once,"
                                        + " twice or more, or none is withheld",
                                "ONE",
                                "TWO",
                                "NONE"));
    }

    private static Schema<?> column() {
        return new ObjectSchema()
                .addProperty("name", new StringSchema())
                .addProperty("shown", new IntegerSchema())
                .addProperty("withheld", new IntegerSchema())
                .addProperty("withheldPercent", new NumberSchema())
                .addProperty(
                        "kind",
                        word(
                                "what the column measures",
                                "label",
                                "units",
                                "rows",
                                "count",
                                "sum",
                                "mean",
                                "quantile",
                                "spread",
                                "computed"))
                .addProperty("marks", new ObjectSchema().description("number of values by mark"))
                .addProperty("deviation", new NumberSchema().description("standard deviation of the noise, in 'unit'"))
                .addProperty("unit", word("of the deviation", "VALUE", "UNITS", "LARGEST_CONTRIBUTION"))
                .addProperty("atLeast", new BooleanSchema().description("whether the percents are lower bounds"))
                .addProperty("medianPercent", new NumberSchema())
                .addProperty("largestPercent", new NumberSchema())
                .addProperty(
                        "percents",
                        new ArraySchema()
                                .description("of each row, the deviation in percent of the published value, or null")
                                .items(new NumberSchema()));
    }

    private static Schema<?> mark() {
        return new StringSchema()
                .description(
                        "label; noise: published with noise; exact: published as it is; repeated: answered as an earlier set of the same or nearly"
                                + " the same units, not told which; none: no value although nothing is withheld; else the rule"
                                + " that withholds it, such as min-units (a group that is too small, or empty), min-contributors,"
                                + " p-percent, uncertain-spread, out-of-range, exposure, secondary");
    }

    private static Schema<?> overlap() {
        return new ObjectSchema()
                .addProperty(
                        "cells", new IntegerSchema().description("rows of the table answered as that job first was"))
                .addProperty("jobId", new StringSchema().description("absent if another provider decided on it"))
                .addProperty("releaseId", new StringSchema())
                .addProperty("state", new StringSchema())
                .addProperty("developer", new StringSchema())
                .addProperty("submittedAt", new StringSchema());
    }

    private static Schema<?> guarded() {
        return new ObjectSchema()
                .description("of the developer's answers on the dataset family")
                .addProperty("days", new IntegerSchema())
                .addProperty("repeated", new IntegerSchema().description("given as before, of equal and of near sets"))
                .addProperty("withheld", new IntegerSchema())
                .addProperty("refusedJobs", new IntegerSchema());
    }

    private static Schema<?> word(String description, String... words) {
        StringSchema schema = new StringSchema();
        schema.setEnum(List.of(words));
        schema.description(description);
        return schema;
    }
}
