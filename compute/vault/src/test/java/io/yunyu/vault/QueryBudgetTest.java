package io.yunyu.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bound of the privacy budget that holds even if the control plane sends whatever it likes. */
@SuppressWarnings("NullAway.Init")
class QueryBudgetTest {
    private static final long QUERY = 100;
    private static final long ACCOUNT = 250;

    @TempDir
    Path directory;

    private final Party provider = Party.named("health");
    private final Party developer = Party.named("dev");
    private RunningVault vault;

    @BeforeEach
    void start() throws IOException {
        vault = provider.vaultOfVisits(directory);
    }

    @AfterEach
    void stop() throws IOException {
        vault.close();
    }

    @Test
    void queryNoise_sameQuery_isTheSameKeyAndPaidOnce() throws IOException {
        Agreement agreement = agreement(developer, "agr-a");
        String key = key(agreement, developer, "q1", QUERY);
        for (int i = 0; i < 5; i++) {
            assertThat(key(agreement, developer, "q1", QUERY)).isEqualTo(key);
        }
        assertThat(key(agreement, developer, "q2", QUERY)).isNotEqualTo(key);
        assertThat(ask(agreement, developer, "q3", QUERY).string("refused")).isEqualTo("BUDGET_EXHAUSTED");
        assertThat(key(agreement, developer, "q3", ACCOUNT - 2 * QUERY)).isNotEqualTo(key);
    }

    @Test
    void queryNoise_anotherAgreementOrARestart_opensNoNewAccount() throws IOException {
        Agreement first = agreement(developer, "agr-a");
        String key = key(first, developer, "q1", QUERY);
        key(agreement(developer, "agr-b"), developer, "q2", QUERY);
        vault.close();
        vault = new RunningVault(directory);
        assertThat(ask(agreement(developer, "agr-c"), developer, "q3", QUERY).string("refused"))
                .isEqualTo("BUDGET_EXHAUSTED");
        assertThat(key(first, developer, "q1", QUERY)).isEqualTo(key);
        Party other = Party.named("other");
        assertThat(key(agreement(other, "agr-d"), other, "q1", QUERY))
                .as("who pools two answers has one")
                .isEqualTo(key);
    }

    @Test
    void queryNoise_whatTheClauseDoesNotAllow_isRefusedAndCostsNothing() throws IOException {
        Agreement agreement = agreement(developer, "agr-a");
        for (long bad : new long[] {0, -1, QUERY + 1, Long.MAX_VALUE}) {
            assertThat(ask(agreement, developer, "q1", bad).string("refused")).isEqualTo("KEY_REFUSED");
        }
        Agreement plain = provider.agreement(developer, "visits");
        assertThat(ask(plain, developer, "q1", 1).string("detail")).contains("no privacy clause");
        assertThat(vault.question(Json.object(
                                "op",
                                "noiseSecret",
                                "agreement",
                                agreement.toText(),
                                "signatures",
                                provider.signatures(agreement, developer),
                                "family",
                                "persons"))
                        .string("detail"))
                .contains("has a privacy clause");
        key(agreement, developer, "q1", QUERY);
        key(agreement, developer, "q2", QUERY);
    }

    private String key(Agreement agreement, Party assignee, String query, long rho) throws IOException {
        return ask(agreement, assignee, query, rho).object("ok").string("key");
    }

    private JsonObject ask(Agreement agreement, Party assignee, String query, long rho) throws IOException {
        return vault.question(provider.queryNoise(agreement, assignee, query, rho, 0));
    }

    private Agreement agreement(Party assignee, String uid) {
        PrivacyClause clause = new PrivacyClause(ACCOUNT, QUERY, 0, 1, 1, Map.of(), Map.of());
        return provider.agreement(assignee, uid, Party.FROM, Party.UNTIL, clause);
    }
}
