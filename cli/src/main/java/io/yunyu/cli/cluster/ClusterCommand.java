package io.yunyu.cli.cluster;

import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.InputFile;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Set up a cluster of engines.",
        subcommands = {ClusterCommand.Secrets.class, ClusterCommand.Manifests.class, NodeCommand.class})
public final class ClusterCommand {
    @Command(
            name = "secrets",
            mixinStandardHelpOptions = true,
            description = "Make the secrets of one cluster in a new directory: whoever has them is a member of it.")
    static final class Secrets implements Callable<Integer> {
        @Parameters(paramLabel = "DIR", descriptionKey = "DIR", description = "A directory that does not exist yet.")
        private Path directory = Path.of("cluster-secrets");

        @Override
        public Integer call() throws Exception {
            MemberSecrets.make(directory);
            Console.result("The secrets of a cluster are in " + directory
                    + ". Bring them to its hosts, and delete them with the cluster.");
            return 0;
        }
    }

    @Command(
            name = "manifests",
            mixinStandardHelpOptions = true,
            description = "Write what Kubernetes needs to run a cluster of engines. Nothing is sent anywhere.")
    static final class Manifests implements Callable<Integer> {
        @Parameters(paramLabel = "SPEC", descriptionKey = "SPEC", description = "JSON; see docs/clusters.md.")
        private Path file = Path.of("cluster.json");

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the manifests go.")
        private Path out = Path.of(".");

        @Override
        public Integer call() {
            KubernetesSpec spec = KubernetesSpec.of(Json.parseObject(InputFile.text(file)));
            Map<String, List<Map<String, Object>>> files = new ClusterManifests(spec).files();
            try {
                Files.createDirectories(out);
                for (Map.Entry<String, List<Map<String, Object>>> entry : files.entrySet()) {
                    Files.writeString(out.resolve(entry.getKey()), yaml(entry.getValue()));
                }
            } catch (IOException e) {
                throw new ProblemException(ProblemCode.BAD_REQUEST, "The directory cannot be written: " + out);
            }
            Console.result("The manifests are in " + out + ". Apply them in the order of their names.");
            return 0;
        }
    }

    static String yaml(List<Map<String, Object>> objects) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setExplicitStart(true);
        options.setSplitLines(false);
        // An anchor for what is said twice would be valid, and unreadable.
        options.setDereferenceAliases(true);
        return new Yaml(options).dumpAll(objects.iterator());
    }

    private ClusterCommand() {}
}
