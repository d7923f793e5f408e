package io.yunyu.api.catalog;

import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * One order to load a batch, and what became of it.
 *
 * @param order canonical text
 * @param rowsRead so far, of this attempt; the provider's only
 * @param report text of the ingest report; the provider's only
 */
record Ingest(
        String id,
        State state,
        String dataset,
        String provider,
        String person,
        String order,
        Signature signature,
        boolean needsPassword,
        int attempt,
        List<String> progress,
        Optional<Problem> problem,
        Optional<Long> rowsRead,
        Optional<String> report) {}
