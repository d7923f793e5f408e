package io.yunyu.launcher;

import java.util.Map;

/** A launcher in a process of its own, so that a test run by root can see it work without root. */
public final class OrdinaryUserMain {
    private OrdinaryUserMain() {}

    public static void main(String[] arguments) {
        try (EngineLauncher launcher = EngineLauncher.open(LauncherMode.EMBEDDED)) {
            for (String behaviour : arguments) {
                System.out.println(behaviour + " "
                        + Sandboxed.output(Sandboxed.run(launcher, Sandboxed.spec(behaviour), Map.of())));
            }
        }
    }
}
