package io.yunyu.api.state;

import java.util.Optional;

/**
 * One permitted change of state.
 *
 * @param from empty for the beginning
 * @param by who makes it: a role of a person, or {@code platform}
 * @param act the event it writes to the ledger
 */
public record Transition(Machine machine, Optional<State> from, State to, String by, ActKind act) {}
