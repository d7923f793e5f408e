package io.yunyu.api.web;

import java.io.IOException;

/** A body is longer than the bound. */
final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long bound) {
        super("The request is too large; a body has at most " + bound + " bytes.");
    }
}
