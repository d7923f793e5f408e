package io.yunyu.anonymizer.arx;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.data.DelimitedFiles;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import org.deidentifier.arx.ARXAnonymizer;
import org.deidentifier.arx.ARXClassificationConfiguration;
import org.deidentifier.arx.ARXConfiguration;
import org.deidentifier.arx.aggregates.StatisticsClassification;

/** ARX's own classification performance of its own answer. */
final class ArxClassification {
    private ArxClassification() {}

    static StatisticsClassification naiveBayes(Path csv, String text, Path folder) throws IOException, ParseException {
        return performance(
                csv,
                text,
                folder,
                ARXClassificationConfiguration.createNaiveBayes().setDeterministic(true));
    }

    static StatisticsClassification logisticRegression(Path csv, String text, Path folder)
            throws IOException, ParseException {
        return performance(
                csv,
                text,
                folder,
                ARXClassificationConfiguration.createLogisticRegression().setDeterministic(true));
    }

    /** Of attribute {@code health} by {@code a} and {@code b}. */
    private static StatisticsClassification performance(
            Path csv, String text, Path folder, ARXClassificationConfiguration<?> classifier)
            throws IOException, ParseException {
        AnonymizationSpec spec = AnonymizationSpec.parse(Json.parseObject(text), folder);
        ArxInput input = new ArxInput(DelimitedFiles.readTable(csv, spec.format()), spec);
        ARXConfiguration configuration =
                ARXConfiguration.create(spec.suppressionLimit().fraction(), ArxMeasures.of(spec.objective()));
        new ArxModels(input, spec).addTo(configuration);
        return new ARXAnonymizer()
                .anonymize(input.data(), configuration)
                .getOutput()
                .getStatistics()
                .getClassificationPerformance(new String[] {"a", "b"}, "health", classifier);
    }
}
