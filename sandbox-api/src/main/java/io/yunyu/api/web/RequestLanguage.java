package io.yunyu.api.web;

import io.yunyu.contract.language.Language;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/** In which language the API answers: the one that {@code Accept-Language} prefers, English where it says nothing. */
final class RequestLanguage {
    private RequestLanguage() {}

    static Language of(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null
                ? Language.ENGLISH
                : Language.of(request.getLocale());
    }
}
