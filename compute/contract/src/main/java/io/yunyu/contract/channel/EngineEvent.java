package io.yunyu.contract.channel;

/** What an engine may say about its progress: names of steps, nothing that depends on a record. */
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
    CELLS_COMPUTED,
    CELLS_PROTECTED,
    RECORDS_GROUPED,
    TRANSFORMATION_FOUND,
    CANDIDATE_SEALED
}
