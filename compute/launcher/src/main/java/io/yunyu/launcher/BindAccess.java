package io.yunyu.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Opens root's files to engines: by the engines' own group, which no account has, never to everybody. Paths need not be
 * passable, only the files themselves readable, since root mounts them where engines can see them.
 *
 * <p>What everybody may read stays as it is. What another group may read stays too, and engines are given that group.
 * Anything else changes its group to the engines' and lets it read, and write if so asked. Symbolic links are neither
 * followed nor changed. Used by root only; an ordinary user's engines have that user's own rights.
 */
final class BindAccess {
    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int PASS = 1;
    private static final int ROOT_GROUP = 0;

    private final int engineGroup;
    private final Set<Integer> furtherGroups = new TreeSet<>();

    BindAccess(int engineGroup) {
        this.engineGroup = engineGroup;
    }

    /** Groups that engines need besides their own. */
    Set<Integer> furtherGroups() {
        return furtherGroups;
    }

    void open(Path root, boolean writable) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                    openOne(dir, READ | PASS | (writable ? WRITE : 0), writable);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!attributes.isSymbolicLink()) {
                        openOne(file, READ | (writable ? WRITE : 0), writable);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Files for an engine cannot be opened to it", e);
        }
    }

    private void openOne(Path path, int need, boolean writable) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,gid", LinkOption.NOFOLLOW_LINKS);
        int mode = number(attributes, "mode") & 07777;
        int group = number(attributes, "gid");
        boolean groupMay = (mode >> 3 & need) == need;
        if ((!writable && (mode & need) == need) || (group == engineGroup && groupMay)) {
            return;
        }
        if (!writable && groupMay && group != ROOT_GROUP) {
            furtherGroups.add(group);
            return;
        }
        // The group first: widening the mode first would let the old group in for a moment.
        Files.setAttribute(path, "unix:gid", engineGroup, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:mode", mode | need << 3);
    }

    private static int number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Integer value ? value : 0;
    }
}
