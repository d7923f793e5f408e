package io.yunyu.api.catalog;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The directories below which providers put files. A name can lead nowhere else: neither by dots nor by links. */
final class Inbox {
    private final List<Path> roots;

    Inbox(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * The file's real path.
     *
     * @throws ProblemException SOURCE_UNREADABLE if no inbox has such a file
     */
    Path resolve(String name) {
        for (Path root : roots) {
            try {
                Path base = root.toRealPath();
                Path named = base.resolve(name).normalize();
                if (Path.of(name).isAbsolute() || !named.startsWith(base) || named.equals(base)) {
                    throw refused("leads out of the inbox");
                }
                if (Files.exists(named)) {
                    Path real = named.toRealPath();
                    if (!real.startsWith(base)) {
                        throw refused("is a link that leads out of the inbox");
                    }
                    if (!Files.isRegularFile(real) || !Files.isReadable(real)) {
                        throw refused("is not a file that can be read");
                    }
                    return real;
                }
            } catch (InvalidPathException e) {
                throw refused("is not a file name");
            } catch (IOException e) {
                // An inbox that is not there holds no file; the next one may.
                continue;
            }
        }
        throw refused("is in no inbox of this installation");
    }

    private static ProblemException refused(String why) {
        return new ProblemException(
                ProblemCode.SOURCE_UNREADABLE,
                "The source file that the order names " + why
                        + ". Put it below an inbox and name it relative to that.");
    }
}
