package io.yunyu.launcher;

/**
 * What one engine may use. A sandbox holds one process, so the kernel's limits per process are limits of the job;
 * pages of the {@code /tmp} file system come on top of the address space. All sizes are upper bounds, inclusive.
 *
 * @param heapMiB Java heap
 * @param nativeMiB direct buffers, and besides the heap the part of the address space that grows with the work
 * @param tmpfsMiB size of {@code /tmp}, which is memory
 * @param cpuSeconds processor time over all threads
 * @param fileSizeMiB length of any one file the engine writes
 * @param threads threads of the engine
 * @param openFiles descriptors of the engine
 * @param processors that the engine may keep busy at a time; all of the host's by default. Held by a control group only
 */
public record EngineLimits(
        int heapMiB,
        int nativeMiB,
        int tmpfsMiB,
        int cpuSeconds,
        int fileSizeMiB,
        int threads,
        int openFiles,
        int processors) {
    static final int CLASS_SPACE_MIB = 128;
    static final int CODE_CACHE_MIB = 128;
    static final int METASPACE_MIB = 384;
    static final int STACK_KIB = 1024;

    /** Libraries, jar indexes, class archive, collector tables and the C library's arenas: measured, then rounded up. */
    private static final int FIXED_MIB = 1024;

    private static final int SMALLEST_HEAP_MIB = 32;

    public EngineLimits {
        if (heapMiB < SMALLEST_HEAP_MIB) {
            throw new IllegalArgumentException("An engine needs a heap of at least " + SMALLEST_HEAP_MIB + " MiB.");
        }
        if (nativeMiB < 16
                || tmpfsMiB < 1
                || cpuSeconds < 1
                || fileSizeMiB < 1
                || threads < 32
                || openFiles < 64
                || processors < 1) {
            throw new IllegalArgumentException("An engine's limits are too small for a Java virtual machine.");
        }
    }

    /** Limits that scale with the heap: for Spark, a heap of 768 MiB or more. */
    public static EngineLimits forHeap(int heapMiB) {
        return new EngineLimits(
                heapMiB,
                Math.max(128, heapMiB / 2),
                Math.max(256, heapMiB / 2),
                3600,
                Math.max(1024, 4 * heapMiB),
                512,
                4096,
                Runtime.getRuntime().availableProcessors());
    }

    public EngineLimits withCpuSeconds(int seconds) {
        return new EngineLimits(heapMiB, nativeMiB, tmpfsMiB, seconds, fileSizeMiB, threads, openFiles, processors);
    }

    public EngineLimits withTmpfsMiB(int mebibytes) {
        return new EngineLimits(heapMiB, nativeMiB, mebibytes, cpuSeconds, fileSizeMiB, threads, openFiles, processors);
    }

    public EngineLimits withFileSizeMiB(int mebibytes) {
        return new EngineLimits(heapMiB, nativeMiB, tmpfsMiB, cpuSeconds, mebibytes, threads, openFiles, processors);
    }

    public EngineLimits withThreads(int count) {
        return new EngineLimits(heapMiB, nativeMiB, tmpfsMiB, cpuSeconds, fileSizeMiB, count, openFiles, processors);
    }

    public EngineLimits withOpenFiles(int count) {
        return new EngineLimits(heapMiB, nativeMiB, tmpfsMiB, cpuSeconds, fileSizeMiB, threads, count, processors);
    }

    public EngineLimits withProcessors(int count) {
        return new EngineLimits(heapMiB, nativeMiB, tmpfsMiB, cpuSeconds, fileSizeMiB, threads, openFiles, count);
    }

    /** RLIMIT_AS. Stops what RLIMIT_DATA lets pass: shared anonymous memory. */
    long addressSpaceBytes() {
        long stacksMiB = (long) threads * STACK_KIB / 1024;
        return (heapMiB + 2L * nativeMiB + CLASS_SPACE_MIB + CODE_CACHE_MIB + METASPACE_MIB + stacksMiB + FIXED_MIB)
                << 20;
    }

    /** Memory of the whole sandbox for a control group: what can be resident, and {@code /tmp}. */
    long residentBytes() {
        return (heapMiB + (long) nativeMiB + tmpfsMiB + CODE_CACHE_MIB + METASPACE_MIB + FIXED_MIB / 2) << 20;
    }
}
