package io.yunyu.engine.ingest;

/** The types of declared columns, without their parameters. */
enum ValueType {
    STRING,
    LONG,
    DOUBLE,
    DECIMAL,
    DATE,
    TIMESTAMP,
    BOOLEAN
}
