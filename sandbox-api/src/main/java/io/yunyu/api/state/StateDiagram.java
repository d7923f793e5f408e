package io.yunyu.api.state;

import java.util.List;

/** Writes {@code docs/states.md} from the table. */
public final class StateDiagram {
    private StateDiagram() {}

    public static String markdown() {
        StringBuilder out = new StringBuilder(
                "# States\n\n"
                        + "Generated from `io.yunyu.api.state.Transitions`; a test fails when this page and the table differ.\n");
        for (Machine machine : Machine.values()) {
            append(machine, out);
        }
        return out.toString();
    }

    private static void append(Machine machine, StringBuilder out) {
        List<Transition> rows =
                Transitions.all().stream().filter(t -> t.machine() == machine).toList();
        out.append("\n## ").append(machine.title()).append("\n\n```mermaid\nstateDiagram-v2\n");
        for (Transition row : rows) {
            out.append("    ").append(row.from().map(Enum::name).orElse("[*]"));
            out.append(" --> ").append(row.to()).append(": ").append(row.act()).append('\n');
        }
        out.append("```\n\n| from | to | by | event |\n|---|---|---|---|\n");
        for (Transition row : rows) {
            out.append("| ").append(row.from().map(Enum::name).orElse("—"));
            out.append(" | ").append(row.to());
            out.append(" | ").append(row.by());
            out.append(" | ").append(row.act()).append(" |\n");
        }
    }
}
