package io.yunyu.system.egress;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches what a test leaves, before its directory is removed: after each test its own, after the class the shared
 * one, all streams, and what appeared beside them. Loaded by itself for every test of this module.
 */
public final class EgressExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    /** Files are dated by a clock that ticks some hundred times a second, and so before the moment they are written. */
    private static final long CLOCK_LAG_MILLIS = 100;

    private static final Namespace NAMESPACE = Namespace.create(EgressExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        Stream.of(test.getDeclaredMethods(), test.getDeclaredConstructors())
                .flatMap(Arrays::stream)
                .map(Executable.class::cast)
                .flatMap(method -> Arrays.stream(method.getParameters()))
                .filter(parameter -> parameter.isAnnotationPresent(TempDir.class))
                .forEach(parameter -> {
                    throw new AssertionError("Make the temporary directory a field of " + test.getSimpleName()
                            + ": what is left in a parameter's is not searched.");
                });
        context.getStore(NAMESPACE).put("begin", FileTime.fromMillis(System.currentTimeMillis() - CLOCK_LAG_MILLIS));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (Object test : context.getRequiredTestInstances().getAllInstances()) {
            check(directories(test.getClass(), test));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Egress.checkStreams();
        check(leftBeside(context.getStore(NAMESPACE).get("begin", FileTime.class)));
        check(directories(context.getRequiredTestClass(), null));
    }

    private static void check(List<Path> roots) throws IOException {
        if (!roots.isEmpty()) {
            Egress.check(roots);
        }
    }

    /** @param test an instance for its own directories, null for those that all tests of the class share */
    private static List<Path> directories(Class<?> type, @Nullable Object test) throws IllegalAccessException {
        List<Path> directories = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (field.isAnnotationPresent(TempDir.class) && Modifier.isStatic(field.getModifiers()) == (test == null)) {
                field.setAccessible(true);
                directories.add((Path) field.get(test));
            }
        }
        directories.removeIf(java.util.Objects::isNull);
        return directories;
    }

    /** What appeared or changed since in the directory for temporary files, but for tests' own directories, and where the tests run. */
    private static List<Path> leftBeside(FileTime begin) throws IOException {
        List<Path> left = new ArrayList<>();
        for (Path place : List.of(
                Path.of(System.getProperty("java.io.tmpdir")), Path.of("").toAbsolutePath())) {
            try (Stream<Path> entries = Files.list(place)) {
                entries.filter(entry -> !entry.getFileName().toString().startsWith("junit"))
                        .filter(entry -> changedSince(entry, begin))
                        .forEach(left::add);
            }
        }
        return left;
    }

    private static boolean changedSince(Path entry, FileTime begin) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(entry, BasicFileAttributes.class, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            return attributes.lastModifiedTime().compareTo(begin) >= 0;
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
