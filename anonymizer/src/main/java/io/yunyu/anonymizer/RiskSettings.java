package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.quality.SummaryStatistics;
import io.yunyu.anonymizer.risk.ReleaseContext;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the risk report needs to know beside the data.
 *
 * @param threshold in (0, 1]; records with a higher risk are reported as at risk
 * @param population people in the population that the records were drawn from
 * @param privacyUnit column with one value per person, where a person may have several records; no record may lack it
 * @param context where the release is used, for the overall risk
 */
public record RiskSettings(
        double threshold, OptionalLong population, Optional<String> privacyUnit, Optional<ReleaseContext> context) {
    /** Risk threshold of a specification that names none. */
    public static final double DEFAULT_THRESHOLD = 0.1;

    /** No population, no context; every record counts as a person. */
    public static final RiskSettings DEFAULT =
            new RiskSettings(DEFAULT_THRESHOLD, OptionalLong.empty(), Optional.empty(), Optional.empty());

    public RiskSettings {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new InputException("riskThreshold must lie in (0, 1], got " + threshold + ".");
        }
        if (population.isPresent() && population.getAsLong() < 2) {
            throw new InputException("population must be at least 2, got " + population.getAsLong() + ".");
        }
    }

    /**
     * Refuses records that are nobody's: taken for one more person, those of somebody who is counted already would count
     * twice.
     *
     * @throws InputException that names the first of them
     */
    void requirePersons(MicrodataTable table) {
        if (privacyUnit.isEmpty()) {
            return;
        }
        Column unit = table.column(privacyUnit.get());
        for (int row = 0; row < unit.rowCount(); row++) {
            if (SummaryStatistics.isMissing(unit.value(row).strip())) {
                throw new InputException("Record " + (row + 1) + " has no value in the privacyUnit '" + unit.name()
                        + "'; it may be of a person who is counted already. Fill it in, or leave such records out.");
            }
        }
    }

    /** @throws InputException if the table lacks the privacy unit's column, or is larger than its population */
    void requireFits(MicrodataTable table) {
        privacyUnit.ifPresent(table::indexOf);
        if (population.isPresent() && population.getAsLong() <= table.rowCount()) {
            throw new InputException("population is " + population.getAsLong() + ", but the input has "
                    + table.rowCount() + " records; the population must be greater.");
        }
    }
}
