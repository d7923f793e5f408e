package io.yunyu.cli.command;

import io.yunyu.cli.client.Console;
import io.yunyu.cli.generate.Generator;
import io.yunyu.cli.generate.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description =
                "Write fictional Yunnan data as CSV, and its known dirt as a side file. The same seed gives the same bytes.")
public final class GenerateCommand implements Callable<Integer> {
    @Option(names = "--table", required = true, description = "One of: ${COMPLETION-CANDIDATES}")
    private Table table = Table.POP_BASE;

    @Option(
            names = "--persons",
            defaultValue = "100000",
            description = "Size of the population (default ${DEFAULT-VALUE}).")
    private long persons;

    @Option(names = "--seed", defaultValue = "7")
    private long seed;

    @Option(names = "--clean", description = "Without dirt.")
    private boolean clean;

    @Option(names = "--out", defaultValue = ".", paramLabel = "DIR")
    private Path out = Path.of(".");

    @Override
    public Integer call() throws Exception {
        String name = table.tableName();
        Path csv = Files.createDirectories(out).resolve(name + ".csv");
        Generator.write(
                table,
                persons,
                seed,
                !clean,
                csv,
                out.resolve(name + ".dirt.csv"),
                (rows, done, total) ->
                        Console.status("  " + rows + " rows, " + 100 * done / Math.max(1, total) + " %"));
        Console.status("");
        Console.result(csv.toString());
        return 0;
    }
}
