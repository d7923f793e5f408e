package io.yunyu.engine.privacy;

import java.security.SecureRandom;

/** Where noise comes from. Everything random in this package is drawn from one of these, given by the caller. */
public interface RandomBits {
    /** Fills the array with bits that nobody can predict who lacks the source's secret. */
    void fill(byte[] into);

    /** Fresh randomness of the platform. */
    static RandomBits of(SecureRandom random) {
        return random::nextBytes;
    }
}
