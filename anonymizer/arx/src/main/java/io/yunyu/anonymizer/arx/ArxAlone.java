package io.yunyu.anonymizer.arx;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.deidentifier.arx.ARXAnonymizer;
import org.deidentifier.arx.ARXConfiguration;
import org.deidentifier.arx.ARXConfiguration.AnonymizationAlgorithm;
import org.deidentifier.arx.ARXResult;
import org.deidentifier.arx.AttributeType.Hierarchy;
import org.deidentifier.arx.Data;
import org.deidentifier.arx.criteria.KAnonymity;
import org.deidentifier.arx.metric.Metric;

/**
 * ARX by itself, with its own reading and writing and nothing of ours in the way: k-anonymity by loss. For benchmarks.
 *
 * <p>Arguments: input, output, k, suppression limit, an {@link AnonymizationAlgorithm}, its time limit in seconds, and per
 * quasi-identifier {@code name=hierarchy file}. Delimiter {@code ;}. Prints seconds of search and the score.
 */
public final class ArxAlone {
    private static final char DELIMITER = ';';
    private static final int FIRST_ATTRIBUTE = 6;

    private ArxAlone() {}

    public static void main(String[] args) throws IOException {
        Data data = Data.create(new File(args[0]), StandardCharsets.UTF_8, DELIMITER);
        for (int i = FIRST_ATTRIBUTE; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            data.getDefinition()
                    .setAttributeType(
                            args[i].substring(0, equals),
                            Hierarchy.create(
                                    new File(args[i].substring(equals + 1)), StandardCharsets.UTF_8, DELIMITER));
        }
        ARXConfiguration configuration =
                ARXConfiguration.create(Double.parseDouble(args[3]), Metric.createLossMetric());
        configuration.addPrivacyModel(new KAnonymity(Integer.parseInt(args[2])));
        AnonymizationAlgorithm algorithm = AnonymizationAlgorithm.valueOf(args[4]);
        configuration.setAlgorithm(algorithm);
        if (algorithm != AnonymizationAlgorithm.OPTIMAL) {
            configuration.setHeuristicSearchTimeLimit(1000 * Integer.parseInt(args[5]));
        }
        long begin = System.nanoTime();
        ARXResult result = new ARXAnonymizer().anonymize(data, configuration);
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (!result.isResultAvailable()) {
            System.out.println(seconds + " none");
            return;
        }
        result.getOutput(false).save(new File(args[1]), DELIMITER);
        System.out.println(seconds + " " + result.getGlobalOptimum().getLowestScore());
    }
}
