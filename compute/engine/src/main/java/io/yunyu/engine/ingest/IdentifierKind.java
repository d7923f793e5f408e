package io.yunyu.engine.ingest;

import io.yunyu.contract.identifier.CitizenId;
import io.yunyu.contract.identifier.IdentifierRules;
import io.yunyu.contract.identifier.InvalidReason;
import io.yunyu.contract.identifier.UnifiedSocialCreditCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Columns whose values must be identifiers, named as in {@code AttributeSpec}. */
enum IdentifierKind {
    CITIZEN_ID {
        @Override
        @Nullable
        InvalidReason reasonOf(String text, IdentifierRules rules) {
            return CitizenId.reasonOf(text, rules);
        }
    },
    USCC {
        @Override
        @Nullable
        InvalidReason reasonOf(String text, IdentifierRules rules) {
            return UnifiedSocialCreditCode.reasonOf(text, rules);
        }
    };

    abstract @Nullable InvalidReason reasonOf(String text, IdentifierRules rules);

    /** The one spelling to store and compare. */
    static String normalised(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') {
                return text.toUpperCase(Locale.ROOT);
            }
        }
        return text;
    }
}
