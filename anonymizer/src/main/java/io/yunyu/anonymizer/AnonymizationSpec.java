package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.EstimatedKMap;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.Profitability;
import io.yunyu.anonymizer.privacy.ReleaseCriterion;
import io.yunyu.anonymizer.privacy.SuppressionLimit;
import io.yunyu.anonymizer.quality.InformationLossMeasure;
import io.yunyu.anonymizer.search.SearchAlgorithm;
import io.yunyu.anonymizer.search.SearchLimits;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What to do with a table: roles of its attributes, privacy models, suppression limit, objective and search. Attributes
 * that are not listed are insensitive.
 *
 * @param subset the records under study; absent for all
 * @param sampling a part of the records, drawn before anything else; absent for all
 * @param riskSettings what the risk report needs to know beside the data
 * @param localRecoding what becomes of the suppressed records; absent if they stay suppressed
 */
public record AnonymizationSpec(
        DelimitedFormat format,
        List<AttributeSpec> attributes,
        List<PrivacyModel> privacyModels,
        SuppressionLimit suppressionLimit,
        InformationLossMeasure objective,
        SearchAlgorithm searchAlgorithm,
        SearchLimits searchLimits,
        Optional<ResearchSubset> subset,
        RiskSettings riskSettings,
        Optional<RecordSampling> sampling,
        Optional<LocalRecoding> localRecoding) {

    public AnonymizationSpec {
        attributes = List.copyOf(attributes);
        privacyModels = List.copyOf(privacyModels);
        Set<String> names = new HashSet<>();
        for (AttributeSpec attribute : attributes) {
            if (!names.add(attribute.name())) {
                throw new InputException("Attribute '" + attribute.name() + "' is listed twice.");
            }
        }
        if (privacyModels.isEmpty()) {
            throw new InputException("The specification names no privacy model; name at least one.");
        }
        if (riskSettings.privacyUnit().isPresent()
                && (subset.isPresent() || privacyModels.stream().anyMatch(AnonymizationSpec::countsRecordsOnly))) {
            throw new InputException(
                    "privacyUnit cannot be combined with a subset, nor with a model that counts records:"
                            + " average-risk, sample-uniqueness, population-uniqueness, estimated k-map, profitability,"
                            + " differential-privacy.");
        }
        if (sampling.isPresent()
                && (subset.isPresent()
                        || DifferentialPrivacy.among(privacyModels).isPresent())) {
            throw new InputException("sampling cannot be combined with a subset, nor with differential-privacy, which"
                    + " draws its own sample.");
        }
        requireProtection(attributes, privacyModels);
        requireOnce(privacyModels);
    }

    /** A specification with the default search and risk threshold. */
    public static AnonymizationSpec of(
            List<AttributeSpec> attributes,
            List<PrivacyModel> models,
            SuppressionLimit limit,
            InformationLossMeasure objective,
            Optional<ResearchSubset> subset) {
        return new AnonymizationSpec(
                DelimitedFormat.SEMICOLON,
                attributes,
                models,
                limit,
                objective,
                SearchAlgorithm.AUTOMATIC,
                SearchLimits.NONE,
                subset,
                RiskSettings.DEFAULT,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Reads a specification file.
     *
     * @throws InputException if it, or a file it names, cannot be used
     */
    public static AnonymizationSpec parse(Path file) {
        try {
            byte[] text = Files.readAllBytes(file);
            return parse(Json.parseObject(text), file.toAbsolutePath().resolveSibling(""));
        } catch (NoSuchFileException e) {
            throw new InputException("There is no specification '" + file.getFileName() + "'.", e);
        } catch (IOException e) {
            throw new InputException("The specification '" + file.getFileName() + "' cannot be read.", e);
        } catch (JsonException e) {
            throw new InputException("Specification '" + file.getFileName() + "': " + e.getMessage(), e);
        }
    }

    /**
     * Reads a parsed specification.
     *
     * @param folder what paths in it are relative to
     * @throws InputException if a file it names cannot be used
     * @throws JsonException if a member is unknown, missing or of the wrong kind
     */
    public static AnonymizationSpec parse(JsonObject json, Path folder) {
        return new SpecReader(json, SpecFolder.of(folder)).read();
    }

    /**
     * Reads a specification that may name no file, for one that somebody else sent.
     *
     * @throws InputException if it names one
     * @throws JsonException if a member is unknown, missing or of the wrong kind
     */
    public static AnonymizationSpec parseWithoutFiles(JsonObject json) {
        return new SpecReader(json, SpecFolder.NONE).read();
    }

    /**
     * Refuses a specification that asks for no protection at all, or of one attribute, or would release who a record is of.
     * Looks at the specification alone.
     *
     * @throws InputException that names it, and what to do
     */
    public void requireProtective() {
        Contradictions.requireProtective(this);
    }

    /** The same with every hierarchy built for the table's columns. */
    AnonymizationSpec boundTo(MicrodataTable table) {
        riskSettings.requireFits(table);
        return withAttributes(attributes.stream()
                .map(attribute -> attribute.boundTo(table.column(attribute.name())))
                .toList());
    }

    /** The same for columns that records were grouped by; attributes that are only released, or hidden, are not among them. */
    AnonymizationSpec boundToGrouped(MicrodataTable table) {
        Set<String> grouped = table.columns().stream().map(Column::name).collect(Collectors.toSet());
        riskSettings.requireFits(table);
        return withAttributes(attributes.stream()
                .map(attribute -> grouped.contains(attribute.name())
                        ? attribute.boundTo(table.column(attribute.name()))
                        : attribute)
                .toList());
    }

    private AnonymizationSpec withAttributes(List<AttributeSpec> others) {
        return new AnonymizationSpec(
                format,
                others,
                privacyModels,
                suppressionLimit,
                objective,
                searchAlgorithm,
                searchLimits,
                subset,
                riskSettings,
                sampling,
                localRecoding);
    }

    /** The generalization that the model fixes, and unlimited suppression. */
    AnonymizationSpec underDifferentialPrivacy(DifferentialPrivacy model) {
        return released(
                attribute -> model.degree().level(attribute.height(), attribute.minLevel(), attribute.highestLevel()));
    }

    /** The given levels, and unlimited suppression. */
    AnonymizationSpec atLevels(Map<String, Integer> levels) {
        return released(attribute -> levels.getOrDefault(attribute.name(), attribute.minLevel()));
    }

    /** Refuses what the guarantee of differential privacy was not shown for. */
    void requireFitsDifferentialPrivacy(DifferentialPrivacy model) {
        if (subset.isPresent()) {
            throw new InputException(
                    "Model " + model.label() + " draws its own sample; it cannot be combined with a subset.");
        }
        if (model.search().isPresent() && privacyModels.size() > 1) {
            throw new InputException("Model " + model.label()
                    + " chooses levels by scores that are proven for it alone;" + " name no other model beside it.");
        }
        if (localRecoding.isPresent()) {
            throw new InputException("Model " + model.label() + " cannot be combined with localRecoding.");
        }
    }

    private AnonymizationSpec released(ToIntFunction<AttributeSpec> level) {
        List<AttributeSpec> fixed = attributes.stream()
                .map(attribute -> attribute.role() == AttributeRole.QUASI_IDENTIFIER
                        ? attribute.atLevel(level.applyAsInt(attribute))
                        : attribute)
                .toList();
        return new AnonymizationSpec(
                format,
                fixed,
                privacyModels,
                new SuppressionLimit(1),
                objective,
                searchAlgorithm,
                searchLimits,
                subset,
                riskSettings,
                sampling,
                localRecoding);
    }

    /** The same with other privacy models. */
    public AnonymizationSpec withPrivacyModels(List<PrivacyModel> models) {
        return new AnonymizationSpec(
                format,
                attributes,
                models,
                suppressionLimit,
                objective,
                searchAlgorithm,
                searchLimits,
                subset,
                riskSettings,
                sampling,
                localRecoding);
    }

    /** The same with another search. */
    public AnonymizationSpec withSearch(SearchAlgorithm algorithm, SearchLimits limits) {
        return new AnonymizationSpec(
                format,
                attributes,
                privacyModels,
                suppressionLimit,
                objective,
                algorithm,
                limits,
                subset,
                riskSettings,
                sampling,
                localRecoding);
    }

    /** The same with local recoding. */
    public AnonymizationSpec withLocalRecoding(LocalRecoding recoding) {
        return new AnonymizationSpec(
                format,
                attributes,
                privacyModels,
                suppressionLimit,
                objective,
                searchAlgorithm,
                searchLimits,
                subset,
                riskSettings,
                sampling,
                Optional.of(recoding));
    }

    /** Whether chance decides which records take part. */
    boolean drawsRecords() {
        return sampling.isPresent() || DifferentialPrivacy.among(privacyModels).isPresent();
    }

    /** Seed of what is drawn at random; 0 if nothing is, or if the draw cannot be repeated. */
    long seed() {
        return sampling.map(RecordSampling::seed)
                .or(() -> DifferentialPrivacy.among(privacyModels).map(DifferentialPrivacy::seed))
                .orElse(OptionalLong.empty())
                .orElse(0);
    }

    private static boolean countsRecordsOnly(PrivacyModel model) {
        return model instanceof ReleaseCriterion
                || model instanceof Profitability
                || model instanceof EstimatedKMap
                || model instanceof DifferentialPrivacy;
    }

    private static void requireProtection(List<AttributeSpec> attributes, List<PrivacyModel> models) {
        for (AttributeSpec attribute : attributes) {
            boolean isProtected = models.stream().anyMatch(model -> model.sensitiveAttribute()
                    .filter(attribute.name()::equals)
                    .isPresent());
            if (attribute.role() == AttributeRole.SENSITIVE && !isProtected) {
                throw new InputException("No privacy model protects the sensitive attribute '" + attribute.name()
                        + "'; add one, or make the attribute INSENSITIVE.");
            }
            if (attribute.role() != AttributeRole.SENSITIVE && isProtected) {
                throw new InputException("A privacy model protects '" + attribute.name() + "', whose role is "
                        + attribute.role() + "; it must be SENSITIVE.");
            }
        }
    }

    private static void requireOnce(List<PrivacyModel> models) {
        Set<Class<?>> seen = new HashSet<>();
        for (PrivacyModel model : models) {
            if (model.sensitiveAttribute().isEmpty() && !seen.add(model.getClass())) {
                throw new InputException("Model " + model.label() + " is not the only one of its kind; name it once.");
            }
        }
    }
}
