package io.yunyu.engine.suppression;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPSolver;
import java.nio.file.Path;

/** The solvers of OR-tools, which are native code. */
final class Natives {
    /** System property: the directory where the libraries lie; without it they are unpacked into temporary space. */
    static final String DIRECTORY = "yunyu.solver.natives";

    private static final String LIBRARY = "libjniortools.so";

    private static boolean loaded;

    private Natives() {}

    /**
     * A new, empty model.
     *
     * @throws UnsupportedHostException where the library does not load: another processor than x86-64, no glibc, or no
     *     room for temporary files
     */
    static MPSolver solver(String name) {
        load();
        MPSolver solver = MPSolver.createSolver(name);
        if (solver == null) {
            throw new UnsupportedHostException("The solver " + name + " is not part of the OR-tools library at hand.");
        }
        return solver;
    }

    /** @throws UnsupportedHostException as {@link #solver} */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        try {
            String directory = System.getProperty(DIRECTORY, "");
            if (directory.isEmpty()) {
                Loader.loadNativeLibraries();
            } else {
                // It finds the others of its directory by itself.
                System.load(Path.of(directory, LIBRARY).toString());
            }
            loaded = true;
        } catch (LinkageError | RuntimeException e) {
            // The loader's own message names paths of this host.
            throw new UnsupportedHostException(
                    "Secondary suppression needs the native solvers of OR-tools, which do not"
                            + " load on this machine (" + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ", "
                            + e.getClass().getSimpleName()
                            + "). They need Linux on x86-64 with glibc and 100 MB of temporary space. Run this command"
                            + " there, or choose another method of protection.");
        }
    }
}
