package io.yunyu.system.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Tests that leak on purpose, run as any test of this module is: each is red, without a word of its own about it. */
class EgressExtensionTest {
    private static final String LEAK = "yunyu.test.leak";
    private static final Path BESIDE = Path.of(
            System.getProperty("java.io.tmpdir"),
            "yunyu-leak-" + ProcessHandle.current().pid());

    @AfterEach
    void removeWhatWasLeftOnPurpose() throws Exception {
        System.clearProperty(LEAK);
        Files.deleteIfExists(BESIDE);
        Files.deleteIfExists(BESIDE.getFileName());
    }

    private static TestExecutionSummary run(Class<?> test) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(test))
                                .build(),
                        listener);
        return listener.getSummary();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "own directory",
                "shared directory",
                "name",
                "stream",
                "beside",
                "working directory",
                "bare source"
            })
    void testThatLeaks_isRed(String leak) {
        System.setProperty(LEAK, leak);
        TestExecutionSummary summary = run(Leaks.class);
        assertThat(summary.getTotalFailureCount()).isEqualTo(1);
        assertThat(summary.getFailures().get(0).getException())
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s).*(Planted values left|Nothing is planted in).*")
                .hasMessageNotContaining(Leaks.WORD.text());
    }

    @Test
    void testThatLeaksNothing_isGreen() {
        System.setProperty(LEAK, "nothing");
        TestExecutionSummary summary = run(Leaks.class);
        assertThat(summary.getTotalFailureCount()).isZero();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    }

    @Test
    void directoryThatIsNotSearched_isRefused() {
        assertThat(run(HiddenDirectory.class).getFailures().get(0).getException())
                .hasMessageContaining("Make the temporary directory a field");
    }

    /** Does nothing unless told to. */
    static class Leaks {
        private static final Planted WORD = Planted.word("word left on purpose");

        @TempDir
        private static Path shared;

        @TempDir
        private Path own;

        @Test
        void leak() throws Exception {
            assumeTrue(System.getProperty(LEAK) != null);
            String text = "id\n" + WORD.text();
            Files.writeString(Egress.source(own.resolve("source")), text);
            switch (System.getProperty(LEAK)) {
                case "own directory" -> Files.writeString(own.resolve("file"), text);
                case "shared directory" -> Files.writeString(shared.resolve("file"), text);
                case "name" -> Files.writeString(own.resolve(WORD.text()), "");
                case "stream" -> Egress.left("what a command said", text);
                case "beside" -> Files.writeString(BESIDE, text);
                case "working directory" -> Files.writeString(BESIDE.getFileName(), text);
                case "bare source" -> Files.writeString(Egress.source(own.resolve("source")), "id\nu1");
                default -> assertThat(System.getProperty(LEAK)).isEqualTo("nothing");
            }
        }
    }

    static class HiddenDirectory {
        @Test
        void leak(@TempDir Path hidden) {
            assertThat(hidden).isDirectory();
        }
    }
}
