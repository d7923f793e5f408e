package io.yunyu.api.web;

import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.PassingChange;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The form of every error outside of pages: RFC 9457 with the platform's own code. */
public final class ProblemJson {
    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemJson() {}

    /** @param language of title and detail; the code is the same in all */
    public static String text(int status, Problem problem, Language language) {
        return text(status, problem, Optional.empty(), language);
    }

    /** @param certificate what would pass, as an extension member; its steps are said in the language, too */
    static String text(int status, Problem problem, Optional<RefusalCertificate> certificate, Language language) {
        HttpStatus known = HttpStatus.resolve(status);
        String reason = known == null ? "Error" : known.getReasonPhrase();
        return Json.write(Json.object(
                "type",
                "urn:yunyu:problem:" + slug(problem.code()),
                "title",
                language == Language.ENGLISH ? reason : Phrases.title(problem.code(), language),
                "status",
                status,
                "detail",
                Phrases.detail(problem, language),
                "code",
                problem.code().name(),
                "certificate",
                certificate.map(c -> said(c, language).toJson()).orElse(null)));
    }

    private static RefusalCertificate said(RefusalCertificate certificate, Language language) {
        return new RefusalCertificate(
                certificate.basis(),
                certificate.tried(),
                certificate
                        .change()
                        .map(change -> new PassingChange(
                                change.steps().stream()
                                        .map(step -> Phrases.say(step, language))
                                        .toList(),
                                change.sql(),
                                change.assurance())));
    }

    /**
     * The problem as a member of an answer, with what a refusal says beside it as extension members; said in the
     * caller's language on its way out.
     */
    public static Map<String, Object> members(Problem problem, Optional<DisclosureReport> report) {
        Map<String, Object> members = new LinkedHashMap<>(problem.toJson());
        members.put("type", "urn:yunyu:problem:" + slug(problem.code()));
        members.put("title", problem.code().name());
        members.put("status", problem.code().httpStatus());
        report.flatMap(DisclosureReport::certificate).ifPresent(c -> members.put("certificate", c.toJson()));
        return members;
    }

    /** Writes the problem where no controller is at hand. */
    public static void send(HttpServletRequest request, HttpServletResponse response, int status, Problem problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        Language language = RequestLanguage.of(request);
        byte[] body = text(status, problem, language).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag());
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        response.getOutputStream().write(body);
    }

    private static String slug(ProblemCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
