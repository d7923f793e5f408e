package io.yunyu.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A long form, run by {@code bin/yunyu test -Pheavy} only; what stands for it otherwise is said where it is used. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "yunyu.system.heavy", matches = "true", disabledReason = "long; on with -Pheavy")
@interface Heavy {
    /** For the part of a test that is long. */
    boolean ON = Boolean.getBoolean("yunyu.system.heavy");
}
