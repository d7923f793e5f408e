package io.yunyu.api.guard;

import io.yunyu.api.Settings;
import io.yunyu.contract.guard.GuardChain;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The chains of sealed entries. Nothing is ever changed or removed. */
@Repository
class GuardEntries {
    private static final int PAGE = 64;

    private record Entry(long place, byte[] sealed, String link) {}

    private final JdbcClient jdbc;
    private final DataSource database;
    private final Settings settings;
    private final Clock clock;

    GuardEntries(JdbcClient jdbc, DataSource database, Settings settings, Clock clock) {
        this.jdbc = jdbc;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    FamilyLock lock(String family) {
        return FamilyLock.take(database, family, settings.jobTimeout());
    }

    long size(String family) {
        return jdbc.sql("select count(*) from guard_entry where family = :family")
                .param("family", family)
                .query(Long.class)
                .single();
    }

    /** The next entries, at most {@value #PAGE}. */
    List<byte[]> from(String family, long place) {
        return page(family, place).stream().map(Entry::sealed).toList();
    }

    private List<Entry> page(String family, long place) {
        return jdbc.sql("select place, sealed, link from guard_entry where family = :family and place >= :place"
                        + " order by place limit " + PAGE)
                .param("family", family)
                .param("place", place)
                .query((row, n) -> new Entry(row.getLong("place"), row.getBytes("sealed"), row.getString("link")))
                .list();
    }

    /** Appends in the transaction under way; gives the new last link. */
    String append(String family, String job, List<byte[]> sealed) {
        long place = size(family);
        String link = linkBefore(family, place);
        for (byte[] entry : sealed) {
            link = GuardChain.link(link, entry);
            jdbc.sql("insert into guard_entry values (:family, :place, :job, :sealed, :link, :now)")
                    .param("family", family)
                    .param("place", place++)
                    .param("job", job)
                    .param("sealed", entry)
                    .param("link", link)
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        }
        return link;
    }

    private String linkBefore(String family, long place) {
        return place == 0
                ? GuardChain.start(family)
                : jdbc.sql("select link from guard_entry where family = :family and place = :place")
                        .param("family", family)
                        .param("place", place - 1)
                        .query(String.class)
                        .single();
    }

    /**
     * Recomputes the chain.
     *
     * @param head link that must be in it; empty for none
     * @throws ProblemException INTERNAL if an entry was changed, dropped or moved
     */
    void requireWhole(String family, Optional<String> head) {
        String link = GuardChain.start(family);
        boolean found = head.isEmpty();
        long place = 0;
        List<Entry> page = new ArrayList<>(page(family, place));
        while (!page.isEmpty()) {
            for (Entry entry : page) {
                link = GuardChain.link(link, entry.sealed);
                if (entry.place != place++ || !entry.link.equals(link)) {
                    throw broken(family);
                }
                found |= head.isPresent() && head.get().equals(link);
            }
            page = page(family, place);
        }
        if (!found) {
            throw broken(family);
        }
    }

    private static ProblemException broken(String family) {
        return new ProblemException(
                ProblemCode.INTERNAL,
                "The guard's record of what was published of family '" + family
                        + "' was changed. Nothing of the family is released until it is restored.");
    }
}
