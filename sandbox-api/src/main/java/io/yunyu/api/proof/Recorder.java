package io.yunyu.api.proof;

import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The one way to write to a store: the act and its record succeed together or not at all. */
@Component
public class Recorder {
    private final TransactionTemplate transaction;
    private final Journal journal;

    Recorder(PlatformTransactionManager transactions, Journal journal) {
        this.transaction = new TransactionTemplate(transactions);
        this.journal = journal;
    }

    /** Writes, then appends the act's event; joins a transaction that is under way. */
    public void write(Act act, Runnable write) {
        transaction.executeWithoutResult(status -> {
            write.run();
            journal.append(act);
        });
    }

    /** Makes several writes one; each of them still brings its own act. */
    public <T> T together(Supplier<T> writes) {
        T result = transaction.execute(status -> writes.get());
        return java.util.Objects.requireNonNull(result);
    }
}
