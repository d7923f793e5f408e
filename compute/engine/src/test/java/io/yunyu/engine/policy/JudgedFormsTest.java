package io.yunyu.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.engine.session.SharedSession;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.Test;

/**
 * Every function, plan node and expression that this Spark and this Delta know has been judged by name. A new version
 * that brings one more makes this test fail until somebody has looked at it; {@code -Dyunyu.policy.judge=true} then
 * writes the lists anew, to be read before they are committed.
 */
class JudgedFormsTest {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "io", "yunyu", "engine", "policy");
    /** Jars whose classes can stand in a plan. */
    private static final List<String> JARS =
            List.of("spark-catalyst_2.13", "spark-sql_2.13", "spark-sql-api_2.13", "delta-spark", "spark-hive");

    @Test
    void functions_ofThisVersion_areAllJudged() throws IOException {
        SparkSession spark = SharedSession.spark().newSession();
        Set<String> names = new TreeSet<>();
        Catalyst.list(FunctionRegistry.builtin().listFunction()).forEach(id -> names.add(id.funcName()));
        Catalyst.list(TableFunctionRegistry.builtin().listFunction()).forEach(id -> names.add(id.funcName()));
        assertThat(names).hasSizeGreaterThan(400);
        assertJudged(
                "judged-functions.txt",
                names.stream()
                        .map(name -> name + (isRefusedByName(spark, name) ? " refused" : " allowed"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static boolean isRefusedByName(SparkSession spark, String name) {
        String sql = "SELECT count(*), `" + name + "`(county) FROM visits GROUP BY county";
        return QueryPolicy.check(spark, sql, PolicyGrants.grant()) instanceof Verdict.Refused refused
                && refused.findings().stream().map(DisclosureFinding::rule).anyMatch("function-not-allowed"::equals);
    }

    @Test
    void planNodes_ofThisVersion_areAllJudged() throws Exception {
        assertJudged("judged-nodes.txt", judged(LogicalPlan.class, ParsedForm.NODES));
    }

    @Test
    void expressions_ofThisVersion_areAllJudged() throws Exception {
        assertJudged("judged-expressions.txt", judged(Expression.class, ParsedForm.EXPRESSIONS));
    }

    private static Set<String> judged(Class<?> kind, Set<Class<?>> allowed) throws Exception {
        Set<String> judged = new TreeSet<>();
        for (Path jar : jars()) {
            for (Class<?> type : classes(jar, kind)) {
                judged.add(type.getName().substring(type.getName().lastIndexOf('.') + 1)
                        + (allowed.contains(type) ? " allowed" : " refused"));
            }
        }
        assertThat(judged).hasSizeGreaterThan(100);
        assertThat(judged.stream().filter(line -> line.endsWith(" allowed"))).hasSameSizeAs(allowed);
        return judged;
    }

    private static Collection<Path> jars() throws URISyntaxException, IOException {
        Set<Path> jars = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            if (name.endsWith(".jar") && JARS.stream().anyMatch(name::startsWith)) {
                jars.add(Path.of(entry));
            }
        }
        jars.add(Path.of(LogicalPlan.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
        return jars;
    }

    private static List<Class<?>> classes(Path jar, Class<?> kind) throws IOException {
        List<Class<?>> found = new java.util.ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.matches("(org/apache/spark|io/delta)/.*\\.class") && !name.contains("$anon")) {
                    concrete(
                                    name.substring(0, name.length() - ".class".length())
                                            .replace('/', '.'),
                                    kind)
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static java.util.Optional<Class<?>> concrete(String name, Class<?> kind) {
        try {
            Class<?> type = Class.forName(name, false, LogicalPlan.class.getClassLoader());
            return kind.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())
                    ? java.util.Optional.of(type)
                    : java.util.Optional.empty();
        } catch (ClassNotFoundException | LinkageError absent) {
            // Needs a library that the engine does not have, so no plan can hold it.
            return java.util.Optional.empty();
        }
    }

    private static void assertJudged(String file, Set<String> found) throws IOException {
        Path path = DIRECTORY.resolve(file);
        if (Boolean.getBoolean("yunyu.policy.judge")) {
            Files.createDirectories(DIRECTORY);
            Files.write(path, found);
        }
        assertThat(found)
                .as("judge what is new, then write %s anew", file)
                .isEqualTo(new TreeSet<>(Files.readAllLines(path)));
    }
}
