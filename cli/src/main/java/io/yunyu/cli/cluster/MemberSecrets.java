package io.yunyu.cli.cluster;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Makes what members of a cluster prove themselves by: a random secret, and a key with its certificate that the secret opens. */
final class MemberSecrets {
    private static final int SECRET_BYTES = 32;
    private static final int DAYS = 90;

    private MemberSecrets() {}

    static void make(Path directory) throws IOException, InterruptedException {
        if (Files.exists(directory)) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "There is something at " + directory + " already. Name a new directory; secrets are not replaced.");
        }
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        Path secretFile = directory.resolve("secret");
        Files.createFile(
                secretFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secretFile, secret);
        certificate(directory.resolve("member.p12"), secret);
    }

    /** By Java's own keytool, which is told the secret on its input, where no list of processes shows it. */
    private static void certificate(Path file, String secret) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of("-genkeypair", "-alias", "member", "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-dname", "CN=yunyu cluster", "-validity", Integer.toString(DAYS)));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString()));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = keytool.getOutputStream()) {
            in.write((secret + "\n" + secret + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        if (keytool.waitFor() != 0) {
            throw new ProblemException(
                    ProblemCode.HOST_LACKS_LAYER,
                    "keytool, which is part of Java, made no certificate. Is this a whole JDK?");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
