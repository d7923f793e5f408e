package io.yunyu.api.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing: after {@value #PER_PERSON} failures for a person, or {@value #PER_ADDRESS} from an address, within
 * the window, sign-in is closed until the window has passed. Counts live in memory; a restart forgets them.
 */
final class SignInThrottle {
    static final int PER_PERSON = 5;
    static final int PER_ADDRESS = 50;
    static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int count, Instant since) {}

    synchronized void admit(String person, String address) {
        check("person " + person, PER_PERSON);
        check("address " + address, PER_ADDRESS);
    }

    synchronized void failed(String person, String address) {
        count("person " + person);
        count("address " + address);
    }

    synchronized void succeeded(String person) {
        failures.remove("person " + person);
    }

    private void check(String key, int limit) {
        Failures known = failures.get(key);
        if (known == null) {
            return;
        }
        Duration left = Duration.between(clock.instant(), known.since().plus(WINDOW));
        if (left.isNegative() || left.isZero()) {
            failures.remove(key);
        } else if (known.count() >= limit) {
            throw new TooManyAttempts(left.toSeconds() + 1);
        }
    }

    private void count(String key) {
        Failures known = failures.remove(key);
        failures.put(
                key, known == null ? new Failures(1, clock.instant()) : new Failures(known.count() + 1, known.since()));
        if (failures.size() > REMEMBERED) {
            failures.remove(failures.keySet().iterator().next());
        }
    }
}
