package io.yunyu.cli.client;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server is and as whom it is called: options, then a credentials file, then the environment. */
public final class Connection {
    @Option(names = "--address", paramLabel = "URL", description = "Address of the server (or YUNYU_ADDRESS).")
    private @Nullable String address;

    @Option(names = "--token", paramLabel = "TOKEN", description = "API token (better: YUNYU_TOKEN, or --credentials).")
    private @Nullable String token;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "credentials.json as `demo --serve` writes it (or YUNYU_CREDENTIALS).")
    private @Nullable Path credentials;

    @Option(names = "--as", paramLabel = "ROLE", description = "Who of the credentials file acts, such as developer.")
    private @Nullable String as;

    @Option(names = "--json", description = "One JSON object on stdout; problems as problem+json.")
    private boolean json;

    public boolean json() {
        return json;
    }

    /** @param defaultRole member of the credentials file that acts unless {@code --as} says otherwise */
    public ApiClient client(String defaultRole) {
        Optional<JsonObject> file = credentialsFile();
        String url = first(address, System.getenv("YUNYU_ADDRESS"))
                .or(() -> file.map(f -> f.string("address")))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.BAD_REQUEST,
                        "No server is named. Give --address or --credentials, or set YUNYU_ADDRESS."));
        String role = as == null ? defaultRole : as;
        String secret = first(token, System.getenv("YUNYU_TOKEN"))
                .or(() -> file.filter(f -> f.has(role)).map(f -> f.object(role).string("token")))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_AUTHENTICATED,
                        "No token for '" + role + "'. Give --credentials, or set YUNYU_TOKEN."));
        return ApiClient.withToken(url, secret);
    }

    private Optional<JsonObject> credentialsFile() {
        Optional<Path> path = Optional.ofNullable(credentials)
                .or(() -> first(System.getenv("YUNYU_CREDENTIALS")).map(Path::of));
        return path.map(p -> {
            try {
                return Json.parseObject(Files.readAllBytes(p));
            } catch (IOException e) {
                throw new ProblemException(ProblemCode.BAD_REQUEST, "The credentials file cannot be read: " + p);
            }
        });
    }

    private static Optional<String> first(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
