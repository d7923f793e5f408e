package io.yunyu.launcher;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A launcher in a process of its own, so that a test run by root can see it work without root. */
public final class OrdinaryUserMain {
    private OrdinaryUserMain() {}

    public static void main(String[] arguments) throws IOException {
        try (EngineLauncher launcher = EngineLauncher.open(LauncherMode.EMBEDDED)) {
            if (arguments[0].equals("wait-to-be-killed")) {
                launcher.start(Sandboxed.spec("polite"));
                WarmPool pool = WarmPool.open(launcher, WarmLimits.of(1, 1, EngineLimits.forHeap(64)));
                pool.expect(Sandboxed.spec("polite"));
                while (pool.state().rehearsed() < 1) {
                    LockSupport.parkNanos(5_000_000);
                }
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
