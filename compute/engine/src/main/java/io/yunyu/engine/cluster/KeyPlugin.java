package io.yunyu.engine.cluster;

import io.yunyu.engine.channel.KeyAccessDenied;
import io.yunyu.engine.encryption.Keyring;
import io.yunyu.engine.encryption.NativeCiphers;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which column keys reach an executor: it starts with an empty {@link Keyring} and asks the driver, over
 * Spark's protected connection, for the key of each column chunk that a task of the job opens. The driver asks the vault,
 * once per key, and passes a refusal on. Keys are in no setting, environment, command line, task or file.
 */
public final class KeyPlugin implements SparkPlugin {
    /** What an executor asks. */
    sealed interface Question extends Serializable permits TableQuestion, KeyQuestion {}

    /** To which table open in the driver does this file belong? */
    record TableQuestion(String file) implements Question {}

    /** The data key that a file of a table carries wrapped. */
    record KeyQuestion(String directory, String dataset, String column, String wrapped) implements Question {}

    /** @param table none if the file belongs to no table that is open in the driver */
    record TableAnswer(Keyring.@Nullable OpenTable table) implements Serializable {}

    /** Holds a key; not to be printed. */
    record KeyAnswer(byte[] key) implements Serializable {
        @Override
        public String toString() {
            return "KeyAnswer";
        }
    }

    record Refusal(String reason) implements Serializable {}

    @Override
    public DriverPlugin driverPlugin() {
        return new Driver();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new Executor();
    }

    private static final class Driver implements DriverPlugin {
        @Override
        public Object receive(Object message) {
            try {
                if (message instanceof TableQuestion question) {
                    return new TableAnswer(
                            Keyring.openTable(Path.of(question.file())).orElse(null));
                } else if (message instanceof KeyQuestion question) {
                    return new KeyAnswer(Keyring.key(
                            Path.of(question.directory()), question.dataset(), question.column(), question.wrapped()));
                }
                return new Refusal("The driver answers no such question.");
            } catch (KeyAccessDenied denied) {
                // Its text is ours and holds no value; anything else would come back as Spark's exception.
                return new Refusal(String.valueOf(denied.getMessage()));
            }
        }
    }

    private static final class Executor implements ExecutorPlugin {
        @Override
        public void init(PluginContext context, Map<String, String> settings) {
            // The worker keeps what an executor prints; exceptions quote values.
            System.setOut(new PrintStream(OutputStream.nullOutputStream()));
            System.setErr(new PrintStream(OutputStream.nullOutputStream()));
            ClusterProtection.require(context.conf());
            NativeCiphers.install();
            Keyring.askElsewhere(new FromDriver(context));
        }
    }

    /** Asks the driver. */
    record FromDriver(PluginContext context) implements Keyring.Elsewhere {
        @Override
        public Optional<Keyring.OpenTable> tableOf(Path file) {
            return Optional.ofNullable(
                    ask(new TableQuestion(file.toString()), TableAnswer.class).table());
        }

        @Override
        public byte[] key(Keyring.OpenTable table, String column, String wrapped) {
            return ask(new KeyQuestion(table.directory(), table.dataset(), column, wrapped), KeyAnswer.class)
                    .key();
        }

        private <T> T ask(Question question, Class<T> expected) {
            Object answer;
            try {
                answer = context.ask(question);
            } catch (Exception e) {
                throw new KeyAccessDenied("The driver did not answer a question for a key.");
            }
            if (expected.isInstance(answer)) {
                return expected.cast(answer);
            }
            throw new KeyAccessDenied(
                    answer instanceof Refusal refusal ? refusal.reason() : "The driver's answer is none.");
        }
    }
}
