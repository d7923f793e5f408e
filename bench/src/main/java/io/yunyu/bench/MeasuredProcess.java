package io.yunyu.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A command run to its end, and what it took: the whole process, start and end included. */
final class MeasuredProcess {
    private static final double TICKS_PER_SECOND = 100;
    private static final int CHILDREN_USER = 16;
    private static final int CHILDREN_SYSTEM = 17;

    private MeasuredProcess() {}

    /**
     * What a process took.
     *
     * @param cpuSeconds user and system time of all its threads
     * @param wallSeconds from start to end
     * @param peakMegabytes most memory resident at a time
     * @param output what it printed
     */
    record Usage(double cpuSeconds, double wallSeconds, double peakMegabytes, String output) {}

    /** @throws IOException if it ends with an error, with the end of what it printed */
    static Usage run(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("yunyu-bench", ".log");
        double before = cpuOfChildren();
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        double peak = 0;
        while (!process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, highWaterMark(status));
        }
        double wall = (System.nanoTime() - begin) / 1e9;
        double cpu = cpuOfChildren() - before;
        String output = Files.readString(printed);
        Files.delete(printed);
        if (process.exitValue() != 0) {
            throw new IOException("Exit code " + process.exitValue() + ": " + output);
        }
        return new Usage(cpu, wall, peak, output);
    }

    /** Of children that ended and were waited for. */
    private static double cpuOfChildren() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
        // The second field is a name in parentheses that may hold blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[CHILDREN_USER - 3]) + Long.parseLong(fields[CHILDREN_SYSTEM - 3]))
                / TICKS_PER_SECOND;
    }

    private static double highWaterMark(Path status) {
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
                }
            }
        } catch (IOException e) {
            // It has ended since.
            return 0;
        }
        return 0;
    }
}
