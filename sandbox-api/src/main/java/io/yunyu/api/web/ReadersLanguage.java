package io.yunyu.api.web;

import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Says what the API's answers explain (details, suggestions, clauses) in the caller's language. Codes, rules, digests
 * and signed documents are texts of their own members and stay as they are.
 */
@ControllerAdvice
class ReadersLanguage implements ResponseBodyAdvice<Object> {
    private static final Set<String> EXPLAINING = Set.of("suggestion", "clause");

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(body instanceof Map<?, ?> members) || !(request instanceof ServletServerHttpRequest servlet)) {
            return body;
        }
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        Language language = RequestLanguage.of(servlet.getServletRequest());
        return language == Language.ENGLISH ? body : said(members, language);
    }

    private static Map<Object, @Nullable Object> said(Map<?, ?> members, Language language) {
        Map<Object, @Nullable Object> said = new LinkedHashMap<>();
        members.forEach((name, value) -> said.put(name, said(members, name, value, language)));
        return said;
    }

    private static @Nullable Object said(Map<?, ?> in, Object name, @Nullable Object value, Language language) {
        if (value instanceof Map<?, ?> inner) {
            return said(inner, language);
        } else if (value instanceof List<?> items) {
            return items.stream()
                    .map(item -> item instanceof Map<?, ?> inner
                            ? said(inner, language)
                            : item instanceof String step && "steps".equals(name) ? Phrases.say(step, language) : item)
                    .toList();
        } else if (value instanceof String text && EXPLAINING.contains(name)) {
            return Phrases.say(text, language);
        } else if (value instanceof String text && "detail".equals(name)) {
            return code(in.get("code"))
                    .map(code -> Phrases.detail(new Problem(code, text), language))
                    .orElse(text);
        } else if (value instanceof String
                && "title".equals(name)
                && code(in.get("code")).isPresent()) {
            return Phrases.title(code(in.get("code")).get(), language);
        }
        return value;
    }

    private static Optional<ProblemCode> code(@Nullable Object name) {
        return Stream.of(ProblemCode.values())
                .filter(code -> code.name().equals(name))
                .findFirst();
    }
}
