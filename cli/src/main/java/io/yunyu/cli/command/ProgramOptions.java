package io.yunyu.cli.command;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.JobClient;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A program instead of a query: its jar, and how it is called. */
final class ProgramOptions {
    private static final long MOST_JAR_BYTES = 4 << 20;

    @Option(
            names = "--program",
            required = true,
            paramLabel = "JAR",
            description = "A Spark Connect program. It runs without data; every table it saves becomes a job.")
    private Path jar = Path.of("program.jar");

    @Option(names = "--main", paramLabel = "CLASS", description = "The program's main class. Required.")
    private String mainClass = "";

    @Option(names = "--arg", paramLabel = "TEXT", description = "An argument of the program; may be repeated.")
    private List<String> arguments = List.of();

    int submit(ApiClient api, String agreement, Optional<String> key, boolean wait, boolean json) {
        if (jar.toString().endsWith(".py")) {
            throw new ProblemException(
                    ProblemCode.HOST_LACKS_LAYER,
                    "Programs in Python do not run here: PySpark's Connect client (pyspark, grpcio, pandas, pyarrow) is not"
                            + " in the sandbox of programs. Write the program in Java or Scala; see docs/programs.md.");
        }
        if (mainClass.isEmpty()) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "Name the program's main class with --main.");
        }
        JsonObject program = api.post(
                "/api/v1/programs",
                Json.object(
                        "agreementId", agreement,
                        "mainClass", mainClass,
                        "arguments", arguments,
                        "jar", StrictBase64.encode(bytes())),
                key);
        if (wait) {
            program = new JobClient(api).awaitRest("/api/v1/programs/" + program.string("id"), "program");
            if (!program.string("state").equals("DONE")) {
                if (!json) {
                    Console.progress("The program ended as " + program.string("state") + ".");
                    CheckCommand.printFindings(program);
                }
                JobClient.require(program, "DONE");
            }
        }
        Console.result(json ? Json.write(program.asMap()) : program.string("id") + " " + program.string("state"));
        if (!json && program.has("tables")) {
            program.objects("tables")
                    .forEach(table -> Console.result(
                            table.string("name") + " " + table.string("jobId") + " " + table.string("state")));
        }
        return 0;
    }

    private byte[] bytes() {
        try {
            if (Files.size(jar) > MOST_JAR_BYTES) {
                throw new ProblemException(
                        ProblemCode.TOO_LARGE,
                        "A program's jar has at most " + MOST_JAR_BYTES
                                + " bytes. Leave out what Spark's client brings.");
            }
            return Files.readAllBytes(jar);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.SOURCE_UNREADABLE, "The program's jar cannot be read. See its path.");
        }
    }
}
