package io.yunyu.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The hostile program inside a sandbox. Arguments: the host's namespaces, the port of the stand-in's listeners, then the
 * names of attempts. It verifies first that every one of its namespaces differs from the host's and that it is not root,
 * and ends otherwise without having tried anything.
 *
 * <p>Prints one line per attempt: name, tab, {@code worked} or {@code refused}.
 */
public final class HostileMain {
    static final int NOT_ISOLATED = 77;

    private HostileMain() {}

    public static void main(String[] arguments) throws IOException {
        if (!isIsolatedFrom(arguments[0])) {
            System.exit(NOT_ISOLATED);
        }
        int port = Integer.parseInt(arguments[1]);
        for (String name : Arrays.asList(arguments).subList(2, arguments.length)) {
            System.out.println(name + "\t" + outcome(name, port));
            System.out.flush();
        }
        // No hooks: a process that traces itself would stop in them.
        Runtime.getRuntime().halt(0);
    }

    private static String outcome(String name, int port) {
        try {
            return name.startsWith("call:")
                    ? HostileCalls.attempt(name.substring("call:".length()))
                    : HostileAttempts.attempt(name, port);
        } catch (IOException | RuntimeException | Error e) {
            return "refused";
        }
    }

    /** @param namespaces of the host, as {@link StandInHost#namespaces} writes them */
    static boolean isIsolatedFrom(String namespaces) throws IOException {
        for (String namespace : namespaces.split(",")) {
            String name = namespace.substring(0, namespace.indexOf(':'));
            if (Files.readSymbolicLink(Path.of("/proc/self/ns/" + name))
                    .toString()
                    .equals(namespace)) {
                return false;
            }
        }
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0;
    }
}
