package io.yunyu.cli.demo;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The demo's home directory below its output: made anew each time, and removed only if a demo made it. */
final class DemoHome {
    private static final String MARK = "made-by-yunyu-demo";

    private DemoHome() {}

    static Path fresh(Path out) throws IOException {
        Path home = out.resolve("home");
        try {
            if (Files.exists(home)) {
                if (!Files.exists(home.resolve(MARK))) {
                    throw new ProblemException(
                            ProblemCode.BAD_REQUEST,
                            "There is an installation in " + home + " that no demo made. Choose another --out.");
                }
                if (Files.exists(home.resolve("server/address.txt")) && isServed(home)) {
                    throw new ProblemException(
                            ProblemCode.ADDRESS_UNAVAILABLE,
                            "A demo still serves from " + home + ". Stop it, or choose another --out.");
                }
                delete(home);
            }
            Files.createDirectories(home.resolve("keys"));
            Files.createFile(home.resolve(MARK));
            return home;
        } catch (java.nio.file.AccessDeniedException | java.nio.file.FileAlreadyExistsException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "The output directory cannot be written: " + out);
        }
    }

    private static boolean isServed(Path home) throws IOException {
        try {
            java.net.URI address = java.net.URI.create(
                    Files.readString(home.resolve("server/address.txt")).strip());
            try (java.net.Socket socket = new java.net.Socket()) {
                socket.connect(new java.net.InetSocketAddress(address.getHost(), address.getPort()), 1000);
                return true;
            }
        } catch (IOException | IllegalArgumentException nobodyThere) {
            return false;
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
