package io.yunyu.contract.identifier;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The answer to "is this text an identifier of this kind?".
 *
 * <p>Validity is formal: the text could have been issued. Whether it was issued, and to whom, only the issuing authority
 * knows. {@code toString} never carries the identifier.
 */
public sealed interface IdentifierResult {

    /** Whether the text is formally valid. */
    boolean isValid();

    /**
     * A formally valid identifier.
     *
     * @param normalised the one spelling to store and to compare
     * @param warnings what is odd about it, usually nothing
     */
    record Valid(String normalised, Set<IdentifierWarning> warnings) implements IdentifierResult {
        public Valid {
            EnumSet<IdentifierWarning> copy = EnumSet.noneOf(IdentifierWarning.class);
            copy.addAll(warnings);
            warnings = Collections.unmodifiableSet(copy);
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public String toString() {
            return "Valid[warnings=" + warnings + "]";
        }
    }

    /** A text that cannot be an identifier of the kind asked for. */
    record Invalid(InvalidReason reason) implements IdentifierResult {
        @Override
        public boolean isValid() {
            return false;
        }
    }
}
