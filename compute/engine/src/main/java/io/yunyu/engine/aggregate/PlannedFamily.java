package io.yunyu.engine.aggregate;

import io.yunyu.engine.guard.GuardRecord;
import io.yunyu.engine.guard.PublishedTable;
import io.yunyu.engine.guard.Region;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A family's memory before a planned publication. Exact tables and noisy answers do not go together. Exact tables that
 * may share a record go together only if one has all of the others in it, so that they are protected as one. Those that by
 * their conditions share none, such as of two months, have no cell and no total in common, and each is protected alone.
 */
final class PlannedFamily {
    /** Rule of a publication after answers with noise, or a data element. */
    static final String EARLIER_ANSWERS = "earlier-answers";
    /** Rule of a publication that may share records with an earlier one, and cannot be protected together with it. */
    static final String EARLIER_PUBLICATION = "earlier-publication";
    /** Rule of a publication that was made before. */
    static final String PUBLISHED = "published-before";
    /** Rule of an answer on a family that has a publication. */
    static final String PLANNED = "planned-family";

    private final List<GuardRecord> records;
    private final List<PublishedTable> earlier;

    /** @param about the records that the publication is about */
    PlannedFamily(List<GuardRecord> records, Region about) {
        this.records = records;
        this.earlier = records.stream()
                .flatMap(r -> r.publication().stream())
                .filter(before -> before.about().meets(about))
                .toList();
    }

    /** Why a publication is not made, if it is not. */
    Optional<String> refusal(PublishedTable planned) {
        // Refused jobs have no cells; one whose values were all withheld or repeated has none of its own either.
        if (records.stream().anyMatch(r -> r.element() || r.publication().isEmpty() && !r.refused())) {
            return Optional.of(EARLIER_ANSWERS);
        }
        for (PublishedTable before : earlier) {
            boolean same = before.source().equals(planned.source())
                    && before.measures().equals(planned.measures());
            if (same && before.sets().equals(planned.sets())) {
                return Optional.of(PUBLISHED);
            }
            if (!same || !planned.sets().containsAll(before.sets())) {
                return Optional.of(EARLIER_PUBLICATION);
            }
        }
        return Optional.empty();
    }

    /** The cells that earlier publications show; by their names. */
    BitSet published(List<String> names) {
        BitSet published = new BitSet();
        for (PublishedTable before : earlier) {
            for (int cell = 0; cell < names.size(); cell++) {
                if (before.published().contains(names.get(cell))) {
                    published.set(cell);
                }
            }
        }
        return published;
    }

    /** The strictest threshold: an earlier publication counted on it. */
    int minUnits(int own) {
        return Math.max(
                own, earlier.stream().mapToInt(PublishedTable::minUnits).max().orElse(own));
    }

    /** The strictest p% rule. */
    int pPercent(int own) {
        return Math.max(
                own, earlier.stream().mapToInt(PublishedTable::pPercent).max().orElse(own));
    }
}
