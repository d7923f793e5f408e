package io.yunyu.launcher;

import java.nio.file.Path;

/**
 * A file or directory of the host that an engine sees.
 *
 * @param source absolute path on the host; must exist when the engine is started
 * @param target absolute path inside the sandbox, below {@code /data}, {@code /source} or another directory of its own
 * @param writable whether the engine may change it; everything else in the sandbox but {@code /tmp} is read-only
 */
public record Bind(Path source, String target, boolean writable) {
    public Bind {
        source = source.toAbsolutePath().normalize();
        if (!target.matches("/[A-Za-z0-9][A-Za-z0-9._/-]*") || target.contains("..")) {
            throw new IllegalArgumentException("A bind's target is an absolute path without '..': " + target);
        }
    }

    public static Bind readOnly(Path source, String target) {
        return new Bind(source, target, false);
    }

    public static Bind writable(Path source, String target) {
        return new Bind(source, target, true);
    }
}
