package io.yunyu.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The table of attempts in docs/attacks.md. Its verdicts are those the suite asserts. */
final class AttackReport {
    private static final String BEGIN = "<!-- sandbox attempts: written by AttackSuiteTest -->\n";
    private static final String END = "<!-- end of sandbox attempts -->\n";

    private AttackReport() {}

    static String of(List<HostAttack> attacks) {
        StringBuilder table = new StringBuilder(BEGIN)
                .append("| no. | attempt | stopped by, each alone | with it | without it |\n|---|---|---|---|---|\n");
        for (HostAttack attack : attacks) {
            String layers =
                    attack.stoppedBy().stream().sorted().map(Layer::title).collect(Collectors.joining("; "));
            table.append("| ")
                    .append(attack.number() == 0 ? "+" : attack.number())
                    .append(" | ")
                    .append(attack.what())
                    .append(" | ")
                    .append(layers)
                    .append(" | refused | worked |\n");
        }
        return table.append("\nThat the limit of locked memory stops a ring by itself depends on the kernel;")
                .append(" here it does.\n")
                .append("\nAll of them are tried again from the sandboxes of a cluster's members, which are in the")
                .append(" network namespace of the cluster: a driver's refuses all, a worker's\nall but to start")
                .append(" processes. Control: a driver in the host's network reaches what the network namespace")
                .append(" hides.\n")
                .append(END)
                .toString();
    }

    static void write(Path file, String table) throws IOException {
        String text = Files.readString(file);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END) + END.length();
        Files.writeString(file, text.substring(0, from) + table + text.substring(to));
    }
}
