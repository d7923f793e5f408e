package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.GroupingPlan;
import io.yunyu.anonymizer.RiskSettings;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.quality.LossMeasure;
import io.yunyu.anonymizer.search.SearchAlgorithm;
import io.yunyu.anonymizer.search.SearchLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * A release that is (epsilon, delta)-differentially private as a whole, for persons (after Li, Qardaji and Su 2011, and
 * SafePub, Bild, Kuhn and Prasser 2018): one record of each person is generalized to fixed levels, each person is drawn by
 * chance, and classes of fewer persons than the model asks for are left out.
 *
 * <p>Guarantees: neighbours are tables that differ by one person with all of the person's records. Which record of a person
 * counts is a function of that person's records alone; every column that leaves is generalized by a hierarchy that the
 * specification lists, so that nothing but the sizes of classes depends on records; a record with a value that is not listed
 * takes no part, without a word. Given the key, the answer depends on no order and no partitioning.
 *
 * <p>Does not promise that time and memory say nothing of the records. The key must be as good as random to whoever sees
 * the release.
 */
public final class PrivateRelease {
    /** Below, finding the smallest class takes long. */
    static final double LEAST_EPSILON = 0.01;

    static final String PERSON = "person";
    private static final String VALUE = "value";
    private static final String LABEL = "label";

    private final DifferentialPrivacy model;
    private final long askedClass;
    private final List<Shown> shown;

    /** @param labels by value, on the attribute's level */
    record Shown(String name, int level, Map<String, String> labels) {
        /** Part of the listed values that each label covers. */
        Map<String, Double> shares() {
            Map<String, Double> shares = new LinkedHashMap<>();
            labels.values().forEach(label -> shares.merge(label, 1.0 / labels.size(), Double::sum));
            return shares;
        }
    }

    private PrivateRelease(DifferentialPrivacy model, long askedClass, List<Shown> shown) {
        this.model = model;
        this.askedClass = askedClass;
        this.shown = shown;
    }

    /**
     * The release that a specification describes; looks at it alone.
     *
     * @param spec with k-anonymity beside, no smaller classes than that
     * @throws InputException if it asks for what would not be differentially private, or would be ignored
     */
    public static PrivateRelease of(AnonymizationSpec spec) {
        DifferentialPrivacy model = DifferentialPrivacy.among(spec.privacyModels())
                .orElseThrow(() -> new InputException("The specification asks for no differential privacy."));
        GroupingPlan.requireFitsSummaries(spec);
        requirePrivate(model);
        requireNothingIgnored(spec);
        List<Shown> shown = spec.attributes().stream()
                .map(attribute -> shown(attribute, model))
                .toList();
        if (shown.isEmpty()) {
            throw new InputException("The specification names no quasi-identifier; there is nothing to generalize.");
        }
        long asked = spec.privacyModels().stream()
                .mapToLong(beside -> beside instanceof KAnonymity k ? k.k() : 1)
                .max()
                .orElse(1);
        return new PrivateRelease(model, asked, shown);
    }

    private static void requirePrivate(DifferentialPrivacy model) {
        if (model.seed().isPresent()) {
            throw new InputException("deterministicSeed would tell whoever wrote it which persons were drawn. Leave it"
                    + " out: they are drawn by a key that nobody outside knows.");
        } else if (model.search().isPresent()) {
            throw new InputException("generalization DATA_DEPENDENT looks at all records before any is drawn, which is"
                    + " not done here. Choose one of NONE to COMPLETE.");
        } else if (model.epsilon() < LEAST_EPSILON) {
            throw new InputException("epsilon must be at least " + LEAST_EPSILON + " here.");
        }
    }

    private static void requireNothingIgnored(AnonymizationSpec spec) {
        for (PrivacyModel beside : spec.privacyModels()) {
            if (!(beside instanceof DifferentialPrivacy || beside instanceof KAnonymity)) {
                throw new InputException("Model " + beside.label() + " suppresses by what the records show, which would"
                        + " not be differentially private. Leave it out.");
            }
        }
        Map<String, Boolean> asked = new LinkedHashMap<>();
        asked.put(
                "search",
                spec.searchAlgorithm() != SearchAlgorithm.AUTOMATIC
                        || !spec.searchLimits().equals(SearchLimits.NONE));
        asked.put("localRecoding", spec.localRecoding().isPresent());
        asked.put("objective", spec.objective() != LossMeasure.DEFAULT);
        asked.put("subset", spec.subset().isPresent());
        asked.put("sampling", spec.sampling().isPresent());
        RiskSettings risk = spec.riskSettings();
        asked.put("privacyUnit", risk.privacyUnit().isPresent());
        asked.put("riskThreshold", risk.threshold() != RiskSettings.DEFAULT_THRESHOLD);
        asked.put("population", risk.population().isPresent());
        asked.put("releaseContext", risk.context().isPresent());
        asked.forEach((member, isAsked) -> {
            if (isAsked) {
                throw new InputException("'" + member + "' has no place beside differential privacy here: levels are"
                        + " fixed, and the report tells of the released classes alone. Leave it out.");
            }
        });
    }

    private static Shown shown(AttributeSpec attribute, DifferentialPrivacy model) {
        String name = attribute.name();
        if (attribute.role() != AttributeRole.QUASI_IDENTIFIER
                || attribute.microaggregation().isPresent()) {
            throw new InputException("Column '" + name + "' would leave as it is in the records, or as their average,"
                    + " which is not differentially private. Give it the role QUASI_IDENTIFIER and a hierarchy, or"
                    + " leave it out.");
        }
        if (attribute.response() || attribute.weight() != AttributeSpec.DEFAULT_WEIGHT) {
            throw new InputException("Column '" + name + "' has a weight, or is a response, which has no place beside"
                    + " differential privacy here. Leave it out.");
        }
        GeneralizationHierarchy hierarchy = attribute
                .hierarchy()
                .filter(GeneralizationHierarchy.class::isInstance)
                .map(GeneralizationHierarchy.class::cast)
                .orElseThrow(
                        () -> new InputException(
                                "Column '" + name + "' needs a hierarchy whose rows list its values: what a builder"
                                        + " makes of the records' values depends on them. Records with other values take no part."));
        int height = hierarchy.levels() - 1;
        int most = attribute.maxLevel().orElse(height);
        if (attribute.minLevel() > most || most > height) {
            throw new InputException("Attribute '" + name + "': minLevel " + attribute.minLevel() + " and maxLevel "
                    + most + " must lie in 0 to " + height + ", the levels of its hierarchy.");
        }
        int level = model.degree().level(height, attribute.minLevel(), most);
        Map<String, String> labels = new LinkedHashMap<>();
        hierarchy.rows().forEach(row -> labels.put(row.get(0), row.get(level)));
        return new Shown(name, level, labels);
    }

    public DifferentialPrivacy model() {
        return model;
    }

    /** Fewest drawn persons of a class that leaves: computed each time, which for a small epsilon takes a second. */
    public long smallestClass() {
        return Math.max(model.smallestClass(), askedClass);
    }

    /** The attributes, in the specification's order. */
    List<Shown> shown() {
        return shown;
    }

    /**
     * The persons of the records, each with the labels of one record; computed now, and held until closed.
     *
     * @param records with a draw key that stands for the person; its other columns hold the specification's attributes
     */
    public PersonSample persons(SparkRecords records) {
        List<Column> read = new ArrayList<>();
        Column key = records.column(records.drawKey().orElseThrow()).cast("bigint");
        read.add(functions.coalesce(key, functions.lit(0L)).as(PERSON));
        for (int i = 0; i < shown.size(); i++) {
            read.add(records.text(shown.get(i).name).as(VALUE + i));
        }
        Dataset<Row> rows = records.rows().select(read.toArray(Column[]::new));
        for (int i = 0; i < shown.size(); i++) {
            rows = labelled(rows, i);
        }
        return new PersonSample(this, onePerPerson(rows).persist(StorageLevel.MEMORY_AND_DISK()));
    }

    /**
     * Of each person the labels that come first in an order which hashes them with the person's key. Any function of the
     * person's own records would do; this one prefers no value, and each of a person's different tuples of labels once.
     */
    private Dataset<Row> onePerPerson(Dataset<Row> rows) {
        List<Column> hashed = new ArrayList<>(List.of(functions.col(PERSON)));
        hashed.addAll(labels());
        List<Column> ordered = new ArrayList<>(
                List.of(functions.xxhash64(hashed.toArray(Column[]::new)).as("chance")));
        ordered.addAll(labels());
        List<Column> kept = new ArrayList<>(List.of(functions.col(PERSON)));
        for (int i = 0; i < shown.size(); i++) {
            kept.add(functions.col("one." + LABEL + i).as(LABEL + i));
        }
        return rows.groupBy(functions.col(PERSON))
                .agg(functions
                        .min(functions.struct(ordered.toArray(Column[]::new)))
                        .as("one"))
                .select(kept.toArray(Column[]::new));
    }

    /** The columns of the attributes' labels. */
    List<Column> labels() {
        return IntStream.range(0, shown.size())
                .mapToObj(i -> functions.col(LABEL + i))
                .toList();
    }

    /** Only rows whose value is listed, with its label in place of it. */
    private Dataset<Row> labelled(Dataset<Row> rows, int attribute) {
        StructType schema = new StructType()
                .add("listed", DataTypes.StringType, false)
                .add(LABEL + attribute, DataTypes.StringType, false);
        List<Row> listed = new ArrayList<>();
        shown.get(attribute).labels.forEach((value, label) -> listed.add(RowFactory.create(value, label)));
        Dataset<Row> table = rows.sparkSession().createDataFrame(listed, schema);
        Column same = functions.col(VALUE + attribute).equalTo(functions.col("listed"));
        return rows.join(functions.broadcast(table), same, "inner").drop("listed", VALUE + attribute);
    }
}
