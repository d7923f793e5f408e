package io.yunyu.launcher;

import java.util.Optional;

/** Processor architectures for which a system-call filter exists. */
enum CpuArchitecture {
    X86_64(0xC000003E, "x86_64-linux-gnu"),
    AARCH64(0xC00000B7, "aarch64-linux-gnu");

    private final int auditNumber;
    private final String libraryTriplet;

    CpuArchitecture(int auditNumber, String libraryTriplet) {
        this.auditNumber = auditNumber;
        this.libraryTriplet = libraryTriplet;
    }

    /** {@code AUDIT_ARCH_*} of linux/audit.h: what seccomp reports with every call. */
    int auditNumber() {
        return auditNumber;
    }

    String libraryTriplet() {
        return libraryTriplet;
    }

    static Optional<CpuArchitecture> of(String osArch) {
        return switch (osArch) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64", "arm64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }

    static Optional<CpuArchitecture> ofHost() {
        return of(System.getProperty("os.arch", ""));
    }
}
