package io.yunyu.api.platform;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Brings the fakes of the platform that a test is about to start. */
@Configuration(proxyBeanMethods = false)
public class Fakes {
    static FakeVault vault = new FakeVault();
    static FakeEngines engines = new FakeEngines();

    @Bean
    FakeVault fakeVault() {
        return vault;
    }

    @Bean
    FakeEngines fakeEngines() {
        return engines;
    }
}
