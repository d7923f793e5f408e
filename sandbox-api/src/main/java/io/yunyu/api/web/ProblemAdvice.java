package io.yunyu.api.web;

import io.yunyu.api.identity.TooManyAttempts;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.store.LedgerException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** The outermost door: every failure becomes a problem, on the API as JSON and on pages as a page. */
@ControllerAdvice
class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler(Exception.class)
    Object handle(Exception thrown, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        Problem problem = problem(thrown);
        int status = problem.code().httpStatus();
        if (thrown instanceof TooManyAttempts attempts) {
            status = 429;
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(attempts.retryAfterSeconds()));
        } else if (thrown instanceof ErrorResponse response) {
            status = response.getStatusCode().value();
            headers.addAll(response.getHeaders());
        }
        if (status >= 500) {
            // The kind of failure only: messages of libraries may quote what they were given.
            LOG.error("{} {}: {}", request.getMethod(), problem.code(), kinds(thrown));
        }
        Optional<RefusalCertificate> certificate =
                thrown instanceof CertifiedRefusal refused ? Optional.of(refused.certificate()) : Optional.empty();
        return answer(request, headers, status, problem, certificate);
    }

    static Object answer(HttpServletRequest request, HttpHeaders headers, int status, Problem problem) {
        return answer(request, headers, status, problem, Optional.empty());
    }

    private static Object answer(
            HttpServletRequest request,
            HttpHeaders headers,
            int status,
            Problem problem,
            Optional<RefusalCertificate> certificate) {
        if (isApi(request)) {
            Language language = RequestLanguage.of(request);
            headers.setContentLanguage(java.util.Locale.forLanguageTag(language.tag()));
            headers.setVary(java.util.List.of(HttpHeaders.ACCEPT_LANGUAGE));
            return ResponseEntity.status(status)
                    .headers(headers)
                    .contentType(MediaType.parseMediaType(ProblemJson.MEDIA_TYPE))
                    .body(ProblemJson.text(status, problem, certificate, language)
                            .getBytes(StandardCharsets.UTF_8));
        }
        ModelAndView page = new ModelAndView("error");
        page.setStatus(org.springframework.http.HttpStatusCode.valueOf(status));
        page.addObject("status", status);
        page.addObject("problem", problem);
        page.addObject("code", problem.code().name());
        return page;
    }

    private static boolean isApi(HttpServletRequest request) {
        Object original = request.getAttribute("jakarta.servlet.error.request_uri");
        String path = original instanceof String uri ? uri : request.getRequestURI();
        return path.startsWith("/api/") || path.startsWith("/v3/");
    }

    private static Problem problem(Exception thrown) {
        if (thrown instanceof ProblemException own) {
            return own.problem();
        } else if (thrown instanceof CertifiedRefusal refused) {
            return refused.problem();
        } else if (thrown instanceof JsonException json) {
            return new Problem(ProblemCode.BAD_REQUEST, String.valueOf(json.getMessage()));
        } else if (thrown instanceof TooManyAttempts attempts) {
            return new Problem(ProblemCode.CAPACITY, String.valueOf(attempts.getMessage()));
        } else if (thrown instanceof HttpMessageNotReadableException unreadable) {
            return unreadable(unreadable);
        } else if (StoreFailures.known(thrown).isPresent()) {
            return StoreFailures.known(thrown).get();
        } else if (thrown instanceof LedgerException) {
            return new Problem(
                    ProblemCode.INTERNAL,
                    "The ledger or the vault does not answer. Nothing was handed out; try again.");
        } else if (thrown instanceof ErrorResponse response) {
            return ofStatus(response.getStatusCode().value());
        } else if (thrown instanceof TypeMismatchException) {
            return ofStatus(400);
        }
        return new Problem(ProblemCode.INTERNAL, "Something went wrong here. Try again, or tell the operator.");
    }

    /** What a status means where no more is known. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 401 -> new Problem(ProblemCode.NOT_AUTHENTICATED, "This needs a sign-in.");
            case 403 -> new Problem(ProblemCode.NOT_ALLOWED, "Your role does not allow this.");
            case 404 -> new Problem(ProblemCode.NOT_FOUND, "There is nothing at this address.");
            case 405 -> new Problem(ProblemCode.BAD_REQUEST, "This address does not take this method.");
            case 406 -> new Problem(ProblemCode.BAD_REQUEST, "This address does not give what Accept asks for.");
            case 413 -> new Problem(ProblemCode.TOO_LARGE, "The request is too large; a body has at most 1 MiB.");
            case 415 -> new Problem(ProblemCode.BAD_REQUEST, "Send a body of Content-Type application/json.");
            default ->
                status < 500
                        ? new Problem(ProblemCode.BAD_REQUEST, "The request is not of the documented form.")
                        : new Problem(
                                ProblemCode.INTERNAL, "Something went wrong here. Try again, or tell the operator.");
        };
    }

    private static Problem unreadable(HttpMessageNotReadableException thrown) {
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonException json) {
                return new Problem(ProblemCode.BAD_REQUEST, String.valueOf(json.getMessage()));
            } else if (cause instanceof TooLargeException large) {
                return new Problem(ProblemCode.TOO_LARGE, String.valueOf(large.getMessage()));
            } else if (cause instanceof UnrecognizedPropertyException unknown) {
                Set<String> known = new java.util.TreeSet<>();
                if (unknown.getKnownPropertyIds() != null) {
                    unknown.getKnownPropertyIds().forEach(id -> known.add(String.valueOf(id)));
                }
                return new Problem(ProblemCode.BAD_REQUEST, "The body has an unknown member; known are " + known + ".");
            }
        }
        return new Problem(
                ProblemCode.BAD_REQUEST, "The body is not well-formed JSON of the documented form; see /v3/api-docs.");
    }

    private static String kinds(@Nullable Throwable thrown) {
        StringBuilder out = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            StackTraceElement[] trace = t.getStackTrace();
            out.append(out.isEmpty() ? "" : " <- ").append(t.getClass().getName());
            if (trace.length > 0) {
                out.append(" at ").append(trace[0]);
            }
        }
        return out.toString();
    }
}
