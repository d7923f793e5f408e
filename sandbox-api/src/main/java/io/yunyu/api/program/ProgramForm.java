package io.yunyu.api.program;

import io.yunyu.api.web.Form;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program as it is submitted.
 *
 * @param jar base64 of the jar's bytes
 */
record ProgramForm(String agreementId, String mainClass, @Nullable List<String> arguments, String jar) {
    static final int MOST_JAR_BYTES = 4 << 20;

    private static final int MOST_ARGUMENTS = 32;
    private static final int LONGEST_ARGUMENT = 1000;
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    ProgramForm {
        Form.text(agreementId, "agreementId");
        Form.text(jar, "jar");
        if (!Form.text(mainClass, "mainClass")
                .matches("[A-Za-z_$][A-Za-z0-9_$]{0,99}(\\.[A-Za-z_$][A-Za-z0-9_$]{0,99}){0,19}")) {
            throw new JsonException("Member 'mainClass' must be the full name of a class, such as org.example.Main.");
        }
        arguments = arguments == null ? List.of() : List.copyOf(arguments);
        if (arguments.size() > MOST_ARGUMENTS
                || arguments.stream().anyMatch(a -> a.length() > LONGEST_ARGUMENT || a.indexOf('\0') >= 0)) {
            throw new JsonException("Member 'arguments' must be at most " + MOST_ARGUMENTS + " strings of at most "
                    + LONGEST_ARGUMENT + " characters.");
        }
    }

    List<String> givenArguments() {
        return arguments == null ? List.of() : arguments;
    }

    /** @throws ProblemException TOO_LARGE, or BAD_REQUEST if it is no jar */
    byte[] jarBytes() {
        byte[] bytes = StrictBase64.decode(jar, "Member 'jar'");
        if (bytes.length > MOST_JAR_BYTES) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "A program's jar has at most " + MOST_JAR_BYTES + " bytes. Leave out what Spark's client brings.");
        }
        for (int i = 0; i < ZIP.length; i++) {
            if (bytes.length <= i || bytes[i] != ZIP[i]) {
                throw new ProblemException(ProblemCode.BAD_REQUEST, "The program is no jar file. Send one.");
            }
        }
        return bytes;
    }
}
