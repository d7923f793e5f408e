package io.yunyu.api.platform;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as pages without script need: cookies, redirects, hidden fields of forms. */
public final class Browser {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String address;
    private final String language;
    private String last = "";

    public Browser(String address, String language) {
        this.address = address;
        this.language = language;
    }

    public Browser signIn(String name, String password) throws Exception {
        open("/sign-in");
        submit("/sign-in", Map.of("name", name, "password", password));
        return this;
    }

    public Answer open(String path) throws Exception {
        return go(HttpRequest.newBuilder(URI.create(address + path)).GET());
    }

    /** Submits the form of the page seen last, with its token. */
    public Answer submit(String path, Map<String, String> fields) throws Exception {
        Matcher token = CSRF.matcher(last);
        String csrf = token.find() ? "&_csrf=" + encode(token.group(1)) : "";
        return post(path, fields, csrf);
    }

    public Answer submitWithoutToken(String path, Map<String, String> fields) throws Exception {
        return post(path, fields, "");
    }

    private Answer post(String path, Map<String, String> fields, String more) throws Exception {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return go(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body + more)));
    }

    private Answer go(HttpRequest.Builder request) throws Exception {
        HttpResponse<byte[]> response = http.send(
                request.header("Accept", "text/html")
                        .header("Accept-Language", language)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        Answer answer = new Answer(response);
        last = answer.text();
        return answer;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
