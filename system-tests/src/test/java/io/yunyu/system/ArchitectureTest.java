package io.yunyu.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls between the rooms, as far as the build's dependencies do not already make them impossible to cross. */
@AnalyzeClasses(packages = "io.yunyu", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CRYPTO = "com.google.crypto.tink..";

    @ArchTest
    static final ArchRule CONTRACT_KNOWS_THE_JDK_ONLY = classes()
            .that()
            .resideInAPackage("io.yunyu.contract..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.yunyu.contract..", "java..", "org.jspecify..")
            .because("both sides of the wall read it, and an outsider must be able to");

    @ArchTest
    static final ArchRule CONTROL_PLANE_NEVER_COMPUTES = noClasses()
            .that()
            .resideInAPackage("io.yunyu.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.yunyu.engine..",
                    "io.yunyu.vault..",
                    "io.yunyu.anonymizer..",
                    "org.apache.spark..",
                    "io.delta..")
            .because("the graph is the privacy boundary: the control plane holds neither rows nor keys");

    @ArchTest
    static final ArchRule ENGINE_KNOWS_NO_OTHER_PROCESS = noClasses()
            .that()
            .resideInAPackage("io.yunyu.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.yunyu.api..", "io.yunyu.vault..", "io.yunyu.launcher..", "io.yunyu.ledger..", "io.yunyu.cli..")
            .because("an engine has three channels and no other");

    @ArchTest
    static final ArchRule LAUNCHER_HAS_NO_SPARK_AND_NO_KEYS = noClasses()
            .that()
            .resideInAPackage("io.yunyu.launcher..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.yunyu.engine..", "io.yunyu.api..", "io.yunyu.vault..", "org.apache.spark..", CRYPTO)
            .because("it relays sealed answers that it cannot open");

    @ArchTest
    static final ArchRule VAULT_SEES_NO_ROWS = noClasses()
            .that()
            .resideInAPackage("io.yunyu.vault..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.yunyu.engine..", "io.yunyu.api..", "io.yunyu.launcher..", "java.sql..", "org.apache.spark..")
            .because("keys and records never meet outside an engine");

    @ArchTest
    static final ArchRule LEDGER_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("io.yunyu.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.yunyu.engine..", "io.yunyu.api..", "io.yunyu.vault..", "io.yunyu.launcher..", "io.yunyu.cli..")
            .because("an outsider runs the verifier without the platform");

    @ArchTest
    static final ArchRule ONLY_THE_LAUNCHER_STARTS_ENGINES = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.yunyu.api.job..",
                    "io.yunyu.api.review..",
                    "io.yunyu.api.web..",
                    "io.yunyu.engine..",
                    "io.yunyu.vault..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder")
            .because("a process started beside the launcher would run outside the sandbox");

    @ArchTest
    static final ArchRule PROGRAMS_STAND_BESIDE_THE_CONTRACT_ONLY = noClasses()
            .that()
            .resideInAPackage("io.yunyu.program..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.yunyu.engine..",
                    "io.yunyu.api..",
                    "io.yunyu.vault..",
                    "io.yunyu.launcher..",
                    "io.yunyu.anonymizer..",
                    CRYPTO)
            .because("what a hostile program shares a process with must hold nothing of the domain");

    @ArchTest
    static final ArchRule NOBODY_NAMES_A_PLACE_FOR_EVERYTHING = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..")
            .because("someone new should guess where a thing lives");
}
