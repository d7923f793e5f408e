package io.yunyu.cli.demo;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Run the main job from records to a released, cited, verified table: on generated data, or on a file of yours.")
public final class DemoCommand implements Callable<Integer> {
    @Mixin
    private DemoOptions options = new DemoOptions();

    @Override
    public Integer call() throws Exception {
        options.check();
        DemoData data = options.input()
                .<DemoData>map(file -> new OwnFile(file, options))
                .orElseGet(() -> new GeneratedYunnan(options));
        return new DemoRun(options, data)
                .run(Path.of(System.getProperty("yunyu.root", "."))
                        .toAbsolutePath()
                        .normalize());
    }
}
