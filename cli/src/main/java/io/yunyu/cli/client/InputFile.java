package io.yunyu.cli.client;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that the user names: read whole, with an error that says which. */
public final class InputFile {
    private InputFile() {}

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "The file is not UTF-8 text: " + file);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "The file cannot be read: " + file);
        }
    }
}
