package io.yunyu.engine.cluster;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/**
 * What makes a process a member of a cluster: the file {@value #SECRET_FILE}, which every connection is authenticated
 * with, and {@value #KEY_FILE}, the key and certificate of TLS, which the secret also opens. The certificate is the only
 * one that members trust. Whoever has the two files is a member, so they are made for one cluster and end with it.
 */
public final class ClusterSecrets {
    public static final String SECRET_FILE = "secret";
    public static final String KEY_FILE = "member.p12";
    private static final int LEAST_LENGTH = 32;

    private final String secret;
    private final Path keyFile;

    private ClusterSecrets(String secret, Path keyFile) {
        this.secret = secret;
        this.keyFile = keyFile;
    }

    /** @throws ProblemException if a file is missing, can be read by everyone, or holds too short a secret */
    public static ClusterSecrets read(Path directory) {
        try {
            for (String name : new String[] {SECRET_FILE, KEY_FILE}) {
                if (Files.getPosixFilePermissions(directory.resolve(name)).contains(PosixFilePermission.OTHERS_READ)) {
                    throw lacks("everybody on this host may read " + name + "; take the right to read it from others");
                }
            }
            String secret = Files.readString(directory.resolve(SECRET_FILE)).strip();
            if (secret.length() < LEAST_LENGTH) {
                throw lacks("the secret is shorter than " + LEAST_LENGTH + " characters");
            }
            return new ClusterSecrets(secret, directory.resolve(KEY_FILE));
        } catch (IOException e) {
            throw lacks("the files " + SECRET_FILE + " and " + KEY_FILE + " cannot be read");
        }
    }

    String secret() {
        return secret;
    }

    Path keyFile() {
        return keyFile;
    }

    private static ProblemException lacks(String what) {
        return new ProblemException(
                ProblemCode.HOST_LACKS_LAYER, "The secrets of the cluster cannot be used: " + what + ".");
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ClusterSecrets";
    }
}
