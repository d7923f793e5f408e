package io.yunyu.api.state;

/** The things that have a state. */
public enum Machine {
    INGEST("Ingest"),
    AGREEMENT("Agreement"),
    JOB("Job"),
    PROGRAM("Program");

    private final String title;

    Machine(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
