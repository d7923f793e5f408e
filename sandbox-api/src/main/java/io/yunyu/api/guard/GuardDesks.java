package io.yunyu.api.guard;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.VaultPort;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The desks of the jobs that run now. Questions about the guard's memory are answered here, all others by the vault. */
@Component
public class GuardDesks {
    private static final Set<String> OPS = Set.of("guardEntries", "guardReserve");

    private final GuardEntries entries;
    private final Map<String, GuardDesk> open = new ConcurrentHashMap<>();

    GuardDesks(GuardEntries entries) {
        this.entries = entries;
    }

    public GuardDesk open(String job, AccessGrant grant) {
        Set<String> families = grant.tables().stream().map(GrantedTable::family).collect(Collectors.toSet());
        GuardDesk desk = new GuardDesk(job, families, entries, () -> open.remove(job));
        open.put(job, desk);
        return desk;
    }

    /** Answers for the guard, and passes on every other question. */
    public VaultPort before(VaultPort vault) {
        return (sealTo, question) -> OPS.contains(question.string("op"))
                ? Map.of("guard", answer(question))
                : vault.answer(sealTo, question);
    }

    /** Answers a question of a running job's engine about its family's memory. */
    public Map<String, Object> answer(JsonObject question) {
        return desk(question).answer(question);
    }

    private GuardDesk desk(JsonObject question) {
        return Optional.ofNullable(open.get(question.string("jobId")))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.KEY_REFUSED, "A job of this kind has nothing to do with the guard."));
    }

    /** @throws ProblemException INTERNAL if the family's chain was changed, or lacks the link that the job left in it */
    public void requireWhole(AccessGrant grant, Optional<String> head) {
        grant.tables().stream()
                .map(GrantedTable::family)
                .distinct()
                .limit(1)
                .forEach(f -> entries.requireWhole(f, head));
    }
}
