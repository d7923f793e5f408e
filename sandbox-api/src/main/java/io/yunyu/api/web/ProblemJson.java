package io.yunyu.api.web;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The form of every error outside of pages: RFC 9457 with the platform's own code. */
public final class ProblemJson {
    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemJson() {}

    public static String text(int status, Problem problem) {
        HttpStatus known = HttpStatus.resolve(status);
        return Json.write(Json.object(
                "type",
                "urn:yunyu:problem:" + slug(problem.code()),
                "title",
                known == null ? "Error" : known.getReasonPhrase(),
                "status",
                status,
                "detail",
                problem.detail(),
                "code",
                problem.code().name()));
    }

    /** Writes the problem where no controller is at hand. */
    public static void send(HttpServletResponse response, int status, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = text(status, problem).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body);
    }

    private static String slug(ProblemCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
