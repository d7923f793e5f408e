package io.yunyu.api.page;

import io.yunyu.api.catalog.Catalog;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.identity.Role;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import io.yunyu.contract.problem.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** What every page shows around its content; templates reach it as {@code @page}. */
@Component("page")
public class PageModel {
    private static final int GLIMPSE = 80;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    private final Catalog catalog;

    PageModel(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Whether some dataset accepts fictional identifiers: every page says so. */
    public boolean synthetic() {
        return catalog.acceptsSyntheticRegions();
    }

    public boolean chinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }

    /** One of the platform's sentences in the reader's language. */
    public String say(String english, Locale locale) {
        return Phrases.say(english, Language.of(locale));
    }

    /** A point in time as people read it here, to the minute. */
    public String time(Instant instant) {
        return TIME.format(instant);
    }

    /** The first words of a query, by which a row of a list is recognised. */
    public String glimpse(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= GLIMPSE ? line : line.substring(0, GLIMPSE - 1) + "…";
    }

    /** What a problem says, in the reader's language. */
    public String detail(Problem problem, Locale locale) {
        return Phrases.detail(problem, Language.of(locale));
    }

    /** Who is signed in; null if nobody. */
    public @Nullable Actor actor() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who != null && who.getPrincipal() instanceof Actor actor ? actor : null;
    }

    public boolean reviewer() {
        Actor actor = actor();
        return actor != null && actor.has(Role.PROVIDER_REVIEWER);
    }

    public boolean developer() {
        Actor actor = actor();
        return actor != null && actor.has(Role.DEVELOPER);
    }

    public boolean releaseReader() {
        Actor actor = actor();
        return developer() || reviewer() || (actor != null && actor.has(Role.PROVIDER_STEWARD));
    }
}
