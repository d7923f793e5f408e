package io.yunyu.api.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    @Test
    void diagram_inDocs_isWhatTheTableSays() throws Exception {
        Path page = Path.of(System.getProperty("yunyu.root", ".."), "docs", "states.md");
        assertThat(Files.readString(page))
                .as("Write StateDiagram.markdown() to docs/states.md")
                .isEqualTo(StateDiagram.markdown());
    }

    @Test
    void table_hasNoRowTwice() {
        assertThat(Transitions.all().stream().map(t -> t.machine() + " " + t.from() + " " + t.to()))
                .doesNotHaveDuplicates();
    }

    @Test
    void table_leavesNoEnd() {
        Map<Machine, Set<State>> ends = Map.of(
                Machine.JOB, Set.of(State.REFUSED, State.FAILED, State.CANCELLED, State.DENIED, State.RELEASED),
                Machine.PROGRAM, Set.of(State.DONE, State.REFUSED, State.FAILED, State.CANCELLED),
                Machine.INGEST, Set.of(State.DONE, State.FAILED),
                Machine.AGREEMENT, Set.of(State.REVOKED, State.EXPIRED));
        ends.forEach((machine, states) -> {
            Set<State> left = Transitions.all().stream()
                    .filter(t -> t.machine() == machine && t.from().isPresent())
                    .map(t -> t.from().orElseThrow())
                    .collect(Collectors.toSet());
            Set<State> reached = Transitions.all().stream()
                    .filter(t -> t.machine() == machine)
                    .map(Transition::to)
                    .collect(Collectors.toSet());
            reached.removeAll(left);
            assertThat(reached).as(machine.name()).isEqualTo(states);
        });
    }

    @Test
    void nothing_becomesReleasedWithoutApproval() {
        assertThat(Transitions.all().stream().filter(t -> t.to() == State.RELEASED))
                .singleElement()
                .satisfies(t -> assertThat(t.from()).contains(State.APPROVED));
        assertThatThrownBy(() -> Transitions.of(Machine.JOB, State.IN_REVIEW, State.RELEASED))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("CONFLICT");
    }
}
