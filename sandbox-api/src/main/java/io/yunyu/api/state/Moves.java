package io.yunyu.api.state;

import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Changes states, along the table only. Of two changes at once exactly one wins; what comes with the change and its
 * event are written in the same transaction.
 */
@Component
public class Moves {
    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Clock clock;

    Moves(JdbcClient jdbc, Recorder recorder, Clock clock) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.clock = clock;
    }

    /**
     * @param act makes the act from the kind that the table names for this change
     * @param alongside what else is written, after the state has changed
     * @throws ProblemException CONFLICT if the state is another one by now, NOT_FOUND if there is no such thing
     */
    public void move(Machine machine, String id, State from, State to, Function<ActKind, Act> act, Runnable alongside) {
        Transition transition = Transitions.of(machine, from, to);
        recorder.write(act.apply(transition.act()), () -> {
            String table = machine.name().toLowerCase(Locale.ROOT);
            int changed = jdbc.sql(
                            "update " + table + " set state = :to, updated_at = :now where id = :id and state = :from")
                    .param("to", to.name())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("id", id)
                    .param("from", from.name())
                    .update();
            if (changed == 0) {
                throw state(table, id)
                        .map(now -> Transitions.conflict(machine, now, to))
                        .orElseGet(
                                () -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such " + table + "."));
            }
            alongside.run();
        });
    }

    private Optional<State> state(String table, String id) {
        return jdbc.sql("select state from " + table + " where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .map(State::valueOf);
    }
}
