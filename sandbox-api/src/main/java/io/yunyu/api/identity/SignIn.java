package io.yunyu.api.identity;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/** Checks passwords. Unknown persons and wrong passwords are told apart neither by text nor by work done. */
@Component
public class SignIn {
    /** BCrypt reads no more. */
    private static final int LONGEST = 72;

    private static final int SHORTEST = 10;

    private final Directory directory;
    private final Clock clock;
    private final SignInThrottle throttle;
    private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder();
    private final String nobody = java.util.Objects.requireNonNull(encoder.encode("nobody has this password"));

    SignIn(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        this.throttle = new SignInThrottle(clock);
    }

    /**
     * The person, with all scopes of the person's roles.
     *
     * @param address where the attempt comes from
     * @throws TooManyAttempts after several failures for this person or from this address
     * @throws ProblemException NOT_AUTHENTICATED
     */
    public Actor check(String person, String password, String address) {
        throttle.admit(person, address);
        String hash = directory.passwordHash(person).orElse(nobody);
        boolean right = encoder.matches(password, hash) && !hash.equals(nobody);
        if (!right) {
            throttle.failed(person, address);
            throw new ProblemException(ProblemCode.NOT_AUTHENTICATED, "Name or password is wrong.");
        }
        throttle.succeeded(person);
        Person found = directory.person(person).orElseThrow();
        Set<Scope> scopes =
                found.roles().stream().flatMap(role -> role.scopes().stream()).collect(Collectors.toSet());
        OrganizationKind kind =
                directory.organization(found.organization()).orElseThrow().kind();
        return new Actor(found.id(), found.organization(), kind, found.roles(), scopes, clock.instant());
    }

    /** @throws ProblemException BAD_REQUEST if the password is too short or longer than what would be read */
    String hash(String password) {
        int length = password.getBytes(StandardCharsets.UTF_8).length;
        if (length < SHORTEST || length > LONGEST) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "A password has " + SHORTEST + " to " + LONGEST + " bytes.");
        }
        return java.util.Objects.requireNonNull(encoder.encode(password));
    }
}
