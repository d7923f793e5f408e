package io.yunyu.engine.channel;

import io.yunyu.contract.problem.ProblemException;
import java.util.List;
import java.util.Map;

/**
 * What the engine of one job may ask the vault. The job's authority (a signed order, or an agreement with both
 * signatures) goes with every question; answers come sealed to this process and stay in its memory.
 *
 * <p>Every method throws {@link KeyAccessDenied} if the vault refuses, or a {@link ProblemException} BUDGET_EXHAUSTED if what
 * the agreement allows is used up. Safe for several threads.
 */
public interface VaultQuestions extends WrappedKeys {
    /** New data keys for one batch of a table, one per column. Ingest jobs only. */
    TableKeys newTableKeys(String dataset, List<String> columns);

    /**
     * Data keys by column from their wrapped forms. SQL jobs get granted and internal columns, ingest jobs the internal
     * {@code __log} of their own dataset only, without which a second batch could not read the table's checkpoint.
     */
    @Override
    Map<String, byte[]> unwrapKeys(String dataset, Map<String, String> wrappedByColumn);

    /** The noise secret of a dataset family. SQL jobs only. Asked once; later calls answer from memory. */
    byte[] noiseSecret(String family);

    /**
     * The key of a differentially private query's noise. From here on the vault counts the query as paid for, whatever
     * comes of it. SQL jobs under a privacy clause only.
     *
     * @param query digest of all that determines the answer
     * @param deltaPicos delta of its selection of group keys; 0 if it selects none
     */
    byte[] queryNoise(String family, String query, long rhoMicros, long deltaPicos);
}
