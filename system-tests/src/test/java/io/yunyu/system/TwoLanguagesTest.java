package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.language.Phrases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to people is said in Chinese and English; codes and exit codes are the same in both. */
class TwoLanguagesTest {
    private static final List<String> MODULES = List.of(
            "cli",
            "sandbox-api",
            "compute/contract",
            "compute/launcher",
            "compute/vault",
            "compute/engine",
            "ledger",
            "anonymizer");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    @Test
    void sentences_ofAllModules_haveAChineseForm() throws Exception {
        Map<String, String> missing = new HashMap<>();
        int all = 0;
        for (String module : MODULES) {
            Map<String, String> said = Sentences.of(Command.root().resolve(module));
            all += said.size();
            said.forEach((sentence, file) -> {
                if (Phrases.chinese(sentence).isEmpty()) {
                    missing.put(sentence, module + " " + file);
                }
            });
        }
        missing.forEach((sentence, where) -> System.out.println("not in phrases_zh.txt: " + where + ": " + sentence));
        assertThat(all).isGreaterThan(300);
        assertThat(missing).isEmpty();
    }

    /** A translation that nobody asks for any more is a sentence that was changed without it. */
    @Test
    void phrases_all_areStillSaidSomewhere() throws Exception {
        StringBuilder source = new StringBuilder();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Command.root().resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    source.append(Files.readString(file)
                            .replaceAll("\"\\s*\\+\\s*\"", "")
                            .replace("\\\"", "\""));
                }
            }
        }
        String text = source.toString().replace("\\n", "\n");
        List<String> stale = new ArrayList<>();
        for (String english : Phrases.english()) {
            String longest = Stream.of(english.split("\\{}"))
                    .max(java.util.Comparator.comparingInt(String::length))
                    .orElse("");
            boolean ours = english.endsWith(".") && longest.length() > 12;
            // What follows another sentence has a space before it, which may be written apart.
            if (ours && !text.contains(longest.strip())) {
                stale.add(english);
            }
        }
        assertThat(stale).as("said nowhere").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo --nonsense | 2",
                "nonsense | 2",
                "submit | 2",
                "demo --input /nonexistent --unit a --query /nonexistent | 2",
                "demo --input /etc/hostname | 2",
                "submit --agreement a --query /etc/hostname --address http://127.0.0.1:9 --token t | 6",
                "submit --agreement a --program app.py --address http://127.0.0.1:9 --token t | 5",
                "submit --agreement a --program app.jar --address http://127.0.0.1:9 --token t | 2",
                "verify-release /nonexistent --trust /nonexistent | 2",
                "verify-release /etc/hostname --trust /etc/hostname | 2",
                "review job --approve --refuse --address http://127.0.0.1:9 --token t | 2",
            })
    void command_failing_saysSoInEitherLanguageWithOneExitCode(String arguments, int exitCode) throws Exception {
        Command chinese = Command.run((Object[]) ("--lang=zh " + arguments).split(" "));
        Command english = Command.run((Object[]) ("--lang=en " + arguments).split(" "));
        assertThat(chinese.exitCode()).as(chinese.err()).isEqualTo(exitCode);
        assertThat(english.exitCode()).as(english.err()).isEqualTo(exitCode);
        assertThat(chinese.err()).containsPattern(HAN);
        assertThat(english.err()).doesNotContainPattern(HAN).isNotBlank();
    }

    @Test
    void command_json_keepsItsCodeInBothLanguages() throws Exception {
        String[] arguments = {"demo", "--json", "--input", "/nonexistent", "--unit", "a", "--query", "/nonexistent"};
        JsonObject english = Json.parseObject(Command.run((Object[]) arguments).out());
        List<Object> more = new ArrayList<>(List.of((Object[]) arguments));
        more.addAll(List.of("--lang", "zh"));
        JsonObject chinese = Json.parseObject(Command.run(more.toArray()).out());
        for (String member : List.of("code", "type")) {
            assertThat(chinese.string(member)).isEqualTo(english.string(member));
        }
        assertThat(chinese.string("detail")).isEqualTo("无法读取文件：/nonexistent");
    }

    @Test
    void help_ofEveryCommand_isChinese() throws Exception {
        for (String command : List.of("demo", "serve", "keygen", "ingest", "agreement", "check", "submit", "review")) {
            assertThat(Command.run(command, "--lang", "zh", "--help").out()).containsPattern(HAN);
        }
    }
}
