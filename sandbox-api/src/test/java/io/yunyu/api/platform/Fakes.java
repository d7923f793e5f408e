package io.yunyu.api.platform;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Brings the fakes of the platform that a test is about to start. */
@Configuration(proxyBeanMethods = false)
public class Fakes {
    static FakeVault vault = new FakeVault();
    static FakeEngines engines = new FakeEngines();

    static AdjustableClock clock = new AdjustableClock();

    @Bean
    @Primary
    Clock adjustableClock() {
        return clock;
    }

    @Bean
    FakeVault fakeVault() {
        return vault;
    }

    @Bean
    FakeEngines fakeEngines() {
        return engines;
    }
}
