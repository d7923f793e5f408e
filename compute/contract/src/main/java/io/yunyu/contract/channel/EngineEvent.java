package io.yunyu.contract.channel;

/**
 * What an engine may say about its progress, in the order in which a job comes to it: names of steps, nothing that depends
 * on a record. Two have a number: {@link #ROWS_READ} of a batch, for its own provider, and {@link #TENTH_READ}.
 */
public enum EngineEvent {
    ENGINE_STARTED,
    REHEARSED,
    JOB_RECEIVED,
    SOURCE_DIGESTED,
    ROWS_READ,
    ROWS_CHECKED,
    TABLE_WRITTEN,
    PROBLEMS_WRITTEN,
    QUERY_CHECKED,
    KEYS_RECEIVED,
    /** One more tenth of the work of reading a query's tables is done: said with 1, 2, to 10, whatever the tables hold. */
    TENTH_READ,
    CELLS_COMPUTED,
    TRANSFORMATION_FOUND,
    CELLS_PROTECTED,
    CANDIDATE_SEALED
}
