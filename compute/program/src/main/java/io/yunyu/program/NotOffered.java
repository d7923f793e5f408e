package io.yunyu.program;

/** A plan asks for what a program is not offered. The message is for the program's author. */
final class NotOffered extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String why;

    NotOffered(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }
}
