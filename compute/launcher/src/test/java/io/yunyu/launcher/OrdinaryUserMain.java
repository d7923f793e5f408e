package io.yunyu.launcher;

import java.io.IOException;
import java.util.Map;

/** A launcher in a process of its own, so that a test run by root can see it work without root. */
public final class OrdinaryUserMain {
    private OrdinaryUserMain() {}

    public static void main(String[] arguments) throws IOException {
        try (EngineLauncher launcher = EngineLauncher.open(LauncherMode.EMBEDDED)) {
            if (arguments[0].equals("wait-to-be-killed")) {
                launcher.start(Sandboxed.spec("polite"));
                System.out.println("started");
                System.in.read();
            }
            for (String behaviour : arguments) {
                System.out.println(behaviour + " "
                        + Sandboxed.output(Sandboxed.run(launcher, Sandboxed.spec(behaviour), Map.of())));
            }
        }
    }
}
