package io.yunyu.anonymizer.classification;

import java.util.Optional;

/** Features that the responses of a cross-validation's records are predicted by, with one classifier or another. */
public final class Trial {
    private final CrossValidation validation;
    private final int[] responses;
    private final CountedTuples records;

    /** @param responses of the records, in their order */
    Trial(CrossValidation validation, int[] responses, CountedTuples records) {
        this.validation = validation;
        this.responses = responses;
        this.records = records;
    }

    /** Why the classifier does not take these features: they have too many values for it. */
    public Optional<String> obstacle(Classifier classifier) {
        return classifier.obstacle(records);
    }

    /** Learns and predicts, fold by fold. */
    public Score score(Classifier classifier) {
        Tally tally = new Tally(validation, responses);
        for (int fold = 0; fold < validation.folds(); fold++) {
            count(fold, -1);
            Predictor predictor = classifier.learn(records);
            tally.add(fold, predicted(predictor, fold), predictor.isConverged());
            count(fold, 1);
        }
        return tally.score();
    }

    private void count(int fold, int number) {
        for (int at : validation.places(fold)) {
            records.add(at, responses[at], number);
        }
    }

    /** The probabilities for each record of a fold; records of one tuple share them. */
    private double[][] predicted(Predictor predictor, int fold) {
        int[] places = validation.places(fold);
        double[][] ofTuple = new double[records.size()][];
        double[][] probabilities = new double[places.length][];
        for (int i = 0; i < probabilities.length; i++) {
            int tuple = records.tupleOf(places[i]);
            if (ofTuple[tuple] == null) {
                ofTuple[tuple] = predictor.probabilities(tuple);
            }
            probabilities[i] = ofTuple[tuple];
        }
        return probabilities;
    }
}
