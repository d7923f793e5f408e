package io.yunyu.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What strace saw of a tree of processes: files synced, linked and renamed, in order. A sync counts when it has ended, a
 * link or a rename when it begins. Paths are those that the process saw.
 */
record SyncTrace(List<Step> steps) {
    enum Kind {
        SYNC,
        NAME
    }

    /** @param path what was synced; for a name, the new one */
    record Step(Kind kind, String source, String path) {}

    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern SYNC = Pattern.compile("f(?:data)?sync\\(\\d+<([^>]*)>(.*)");
    private static final Pattern NAME =
            Pattern.compile("(?:link|rename)\\w*\\([^\"]*\"([^\"]*)\", [^\"]*\"([^\"]*)\".*");

    /** The command that traces what follows it into a file, itself and all that it starts. */
    static List<String> command(Path trace) {
        return List.of(
                "strace",
                "--follow-forks",
                "--seccomp-bpf",
                "--decode-fds=path",
                "--quiet=all",
                "--signal=none",
                "--string-limit=4096",
                "--trace=fsync,fdatasync,link,linkat,rename,renameat,renameat2",
                "--output=" + trace);
    }

    static SyncTrace read(Path trace) throws IOException {
        List<Step> steps = new ArrayList<>();
        Map<String, Step> unfinished = new HashMap<>();
        for (String line : Files.readAllLines(trace)) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                continue;
            }
            String process = parts.group(1);
            Matcher sync = SYNC.matcher(parts.group(2));
            Matcher name = NAME.matcher(parts.group(2));
            if (sync.matches()) {
                Step step = new Step(Kind.SYNC, "", sync.group(1));
                if (sync.group(2).contains("unfinished")) {
                    unfinished.put(process, step);
                } else if (sync.group(2).endsWith("= 0")) {
                    steps.add(step);
                }
            } else if (name.matches()) {
                steps.add(new Step(Kind.NAME, name.group(1), name.group(2)));
            } else if (parts.group(2).contains("sync resumed") && parts.group(2).endsWith("= 0")) {
                Step step = unfinished.remove(process);
                if (step != null) {
                    steps.add(step);
                }
            }
        }
        return new SyncTrace(steps);
    }

    /** Places of the names that were given to such paths. */
    List<Integer> names(Predicate<String> path) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).kind() == Kind.NAME && path.test(steps.get(i).path())) {
                places.add(i);
            }
        }
        return places;
    }

    /** Places at which this path was synced. */
    List<Integer> syncs(String path) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).kind() == Kind.SYNC && steps.get(i).path().equals(path)) {
                places.add(i);
            }
        }
        return places;
    }
}
