package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/anonymize.md shows is what the command does. */
class DocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "anonymize.md");

    @TempDir
    Path folder;

    @Test
    void example_ofThePage_givesTheReleaseThatItShows() throws IOException {
        Matcher block =
                Pattern.compile("```\\w+ ([\\w.]+)\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        String release = "";
        int files = 0;
        while (block.find()) {
            files++;
            if (block.group(1).equals("data.csv")) {
                release = block.group(2);
            } else {
                Files.writeString(folder.resolve(block.group(1)), block.group(2));
            }
        }
        assertThat(files).isEqualTo(4);
        assertThat(SchemaCheck.violations(
                        "anonymization-spec.schema.json",
                        Json.parseObject(Files.readAllBytes(folder.resolve("spec.json")))))
                .isEmpty();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();

        int exit = AnonymizeCommand.run(
                new String[] {
                    "--input", folder.resolve("people.csv").toString(),
                    "--spec", folder.resolve("spec.json").toString(),
                    "--output", folder.resolve("out").toString()
                },
                new PrintStream(errors, true, StandardCharsets.UTF_8));

        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(exit).isEqualTo(AnonymizeCommand.SOLVED);
        assertThat(folder.resolve("out/data.csv")).content().isEqualTo(release);
    }
}
