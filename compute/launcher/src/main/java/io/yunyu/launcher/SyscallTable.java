package io.yunyu.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The system calls of {@code allowed-syscalls.txt} with their numbers on one architecture, in file order. */
final class SyscallTable {
    private static final String RESOURCE = "allowed-syscalls.txt";

    private SyscallTable() {}

    static Map<String, Integer> allowedOn(CpuArchitecture architecture) {
        try (InputStream in = Objects.requireNonNull(SyscallTable.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            Map<String, Integer> numbers = new LinkedHashMap<>();
            String line;
            while ((line = lines.readLine()) != null) {
                if (!line.startsWith("#")) {
                    String[] fields = line.split(" ", -1);
                    String number = fields[1 + architecture.ordinal()];
                    if (!number.equals("-")) {
                        numbers.put(fields[0], Integer.valueOf(number));
                    }
                }
            }
            return numbers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
