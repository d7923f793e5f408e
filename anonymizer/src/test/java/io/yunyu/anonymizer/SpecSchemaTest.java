package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.anonymizer.payout.CostBenefit;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The schema says what the reader reads: every model, measure and builder that it names, with every member. */
class SpecSchemaTest {
    @Test
    void read_membersOfTheSchema_areThoseOfTheReader() throws IOException {
        JsonObject properties = schema().object("properties");

        assertThat(properties.asMap().keySet()).isEqualTo(SpecReader.MEMBERS);
        assertThat(properties
                        .object("attributes")
                        .object("items")
                        .object("properties")
                        .asMap()
                        .keySet())
                .isEqualTo(SpecReader.ATTRIBUTE_MEMBERS);
    }

    @Test
    void read_everyModelOfTheSchema_isKnown() throws IOException {
        List<JsonObject> models = schema().object("properties")
                .object("privacyModels")
                .object("items")
                .objects("oneOf");
        assertThat(models).hasSizeGreaterThan(20);
        for (JsonObject model : models) {
            Map<String, Object> members = example(model);
            // A part of epsilon, and only where levels are chosen by data.
            members.computeIfPresent("searchBudget", (name, value) -> new BigDecimal("0.1"));
            JsonObject example = JsonObject.of(members);
            assertThatCode(() -> PrivacyModelReader.read(example, CostBenefit.DEFAULT))
                    .as(example.string("model"))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void read_subsetOfTheSchema_isKnown() throws IOException {
        List<JsonObject> kinds = schema().object("$defs").object("subset").objects("oneOf");
        assertThat(kinds).extracting(kind -> kind.string("type")).containsExactly("string", "object");

        assertThat(ResearchSubset.Selected.read(JsonObject.of(example(kinds.get(1)))))
                .isEqualTo(new ResearchSubset.Selected("x", List.of("x")));
    }

    @Test
    void read_everyMeasureOfTheSchema_isKnown() throws IOException {
        JsonObject measure = schema().object("properties")
                .object("objective")
                .object("properties")
                .object("measure");
        for (String name : measure.strings("enum")) {
            JsonObject example = JsonObject.of(Json.object("measure", name, "losses", Map.of("a", List.of(0L, 1L))));
            assertThatCode(() -> MeasureReader.read(example, CostBenefit.DEFAULT, List.of("a")))
                    .as(name)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void read_everyBuilderOfTheSchema_isKnown() throws IOException {
        JsonObject attribute = schema().object("properties")
                .object("attributes")
                .object("items")
                .object("properties");
        for (JsonObject builder : attribute.object("hierarchy").objects("oneOf")) {
            if (builder.object("properties").has("builder")) {
                Map<String, Object> example = example(builder);
                // The bounds of an interval hierarchy must differ.
                example.computeIfPresent("top", (name, value) -> 2L);
                assertThatCode(() -> new HierarchyReader(SpecFolder.of(Path.of("")), DelimitedFormat.SEMICOLON)
                                .read(JsonObject.of(example)))
                        .as(String.valueOf(example.get("builder")))
                        .doesNotThrowAnyException();
            }
        }
    }

    /** A value for every member of an object that the schema describes. */
    private static Map<String, Object> example(JsonObject schema) {
        Map<String, Object> example = new LinkedHashMap<>();
        JsonObject properties = schema.object("properties");
        for (String name : properties.asMap().keySet()) {
            example.put(name, value(properties.object(name)));
        }
        return example;
    }

    private static Object value(JsonObject schema) {
        if (schema.has("$ref")) {
            return schema.string("$ref").equals("#/$defs/subset") ? "subset.csv" : 1_000_000L;
        } else if (schema.has("const")) {
            return schema.string("const");
        } else if (schema.has("enum")) {
            return schema.strings("enum").get(0);
        }
        return switch (schema.string("type")) {
            case "integer" -> schema.has("minimum") ? schema.longValue("minimum") : 7L;
            case "number" ->
                Set.of("maximum", "exclusiveMaximum").stream().anyMatch(schema::has)
                        ? new BigDecimal("0.5")
                        : new BigDecimal("1.5");
            case "array" -> new ArrayList<>(List.of(value(schema.object("items"))));
            default -> "x";
        };
    }

    private static JsonObject schema() throws IOException {
        try (InputStream in = AnonymizationSpec.class.getResourceAsStream("anonymization-spec.schema.json")) {
            return Json.parseObject(Objects.requireNonNull(in).readAllBytes());
        }
    }
}
