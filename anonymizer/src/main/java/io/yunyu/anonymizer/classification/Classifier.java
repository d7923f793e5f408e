package io.yunyu.anonymizer.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Kinds of classifiers that say how well a response is predicted. */
public enum Classifier {
    NAIVE_BAYES("naive Bayes") {
        @Override
        Predictor learn(CountedTuples records) {
            return new NaiveBayes(records);
        }
    },
    LOGISTIC_REGRESSION("logistic regression") {
        @Override
        Predictor learn(CountedTuples records) {
            return LogisticRegression.of(records);
        }

        @Override
        Optional<String> obstacle(CountedTuples records) {
            return LogisticRegression.obstacle(records);
        }
    },
    RANDOM_FOREST("random forest") {
        @Override
        Predictor learn(CountedTuples records) {
            return RandomForest.of(records);
        }

        @Override
        Optional<String> obstacle(CountedTuples records) {
            return RandomForest.obstacle(records);
        }
    };

    private final String label;

    Classifier(String label) {
        this.label = label;
    }

    /** Learns from the records that count now. */
    abstract Predictor learn(CountedTuples records);

    /** Why the classifier does not take these records. */
    Optional<String> obstacle(CountedTuples records) {
        return Optional.empty();
    }

    /** What reports call it. */
    public String label() {
        return label;
    }

    /** What specifications call it. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Classifier> of(String keyword) {
        return Arrays.stream(values())
                .filter(one -> one.keyword().equals(keyword))
                .findFirst();
    }

    public static List<String> keywords() {
        return Arrays.stream(values()).map(Classifier::keyword).toList();
    }
}
