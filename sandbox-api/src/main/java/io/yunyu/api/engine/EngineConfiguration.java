package io.yunyu.api.engine;

import io.yunyu.api.Settings;
import io.yunyu.api.guard.GuardDesks;
import io.yunyu.launcher.VaultClient;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The real engines and the real vault; tests of the control plane alone bring their own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "yunyu.engine.real", havingValue = "true", matchIfMissing = true)
class EngineConfiguration {
    @Bean
    VaultClient vaultClient(Settings settings) {
        return new VaultClient(settings.vaultSocket());
    }

    @Bean
    Vault vault(VaultClient client) {
        return new SocketVault(client);
    }

    @Bean(destroyMethod = "close")
    EngineRuns engineRuns(Settings settings, VaultClient client, GuardDesks guards) {
        return new LauncherRuns(settings, guards.before(client));
    }
}
