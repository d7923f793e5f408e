package io.yunyu.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an engine stands on: which directories are bound into it, and of which jars and class archive it is made. Equal for
 * two moments if an engine started at the one sees what an engine started at the other would see. A directory's contents
 * are not part of it, since a running engine sees them change; that it is the same directory is. An engine's mounts keep
 * what they hold from being freed, so that no number is used again meanwhile.
 *
 * @param parts one for each file of the programs and each directory bound, in order
 * @param groups further groups by which bound files are read; an engine's groups are fixed when it starts
 */
record Footing(List<String> parts, Set<Integer> groups) {
    Footing {
        parts = List.copyOf(parts);
        groups = Set.copyOf(groups);
    }

    /** @param user as whom engines run; as root, files that came since are opened to engines on the way */
    static Footing of(EngineSpec spec, Optional<SandboxUser> user) {
        try {
            List<String> parts = new ArrayList<>();
            for (Bind bind : ClassPathBinds.of(spec.classPath()).binds()) {
                addContents(bind.source(), parts);
            }
            if (spec.classArchive().isPresent()) {
                addContents(spec.classArchive().get(), parts);
            }
            for (Bind bind : spec.binds()) {
                parts.add(String.valueOf(attributes(bind.source()).fileKey()));
            }
            return new Footing(parts, groups(spec, user));
        } catch (IOException e) {
            throw new UncheckedIOException("What an engine is made of, or its tables, cannot be looked at.", e);
        }
    }

    private static Set<Integer> groups(EngineSpec spec, Optional<SandboxUser> user) {
        if (user.isEmpty()) {
            return Set.of();
        }
        BindAccess access = new BindAccess(user.get().groupId());
        spec.binds().forEach(bind -> access.open(bind.source(), bind.writable()));
        return access.furtherGroups();
    }

    private static void addContents(Path root, List<String> parts) throws IOException {
        if (!Files.exists(root)) {
            parts.add("absent");
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
                parts.add(file + " " + found.fileKey() + " " + found.size() + " " + found.lastModifiedTime());
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
