package io.yunyu.api.page;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Chinese or English: as {@code ?lang=} says, else as chosen before, else as the browser prefers, else Chinese. */
@Configuration(proxyBeanMethods = false)
class Languages implements WebMvcConfigurer {
    private static final String NAME = "lang";

    @Bean
    LocaleResolver localeResolver() {
        return new LocaleResolver() {
            @Override
            public Locale resolveLocale(HttpServletRequest request) {
                return asked(request).or(() -> chosen(request)).orElseGet(() -> preferred(request));
            }

            @Override
            public void setLocale(
                    HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
                throw new UnsupportedOperationException("The language is chosen by the parameter 'lang'.");
            }
        };
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                asked(request)
                        .ifPresent(locale -> response.addHeader(
                                HttpHeaders.SET_COOKIE,
                                ResponseCookie.from(NAME, locale.getLanguage())
                                        .path("/")
                                        .maxAge(java.time.Duration.ofDays(365))
                                        .httpOnly(true)
                                        .sameSite("Strict")
                                        .build()
                                        .toString()));
                return true;
            }
        });
    }

    private static Optional<Locale> asked(HttpServletRequest request) {
        return known(request.getParameter(NAME));
    }

    private static Optional<Locale> chosen(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(NAME))
                        .findFirst()
                        .flatMap(cookie -> known(cookie.getValue()));
    }

    private static Locale preferred(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) {
            return Locale.CHINESE;
        }
        return known(request.getLocale().getLanguage()).orElse(Locale.ENGLISH);
    }

    private static Optional<Locale> known(@Nullable String language) {
        if ("zh".equals(language)) {
            return Optional.of(Locale.CHINESE);
        }
        return "en".equals(language) ? Optional.of(Locale.ENGLISH) : Optional.empty();
    }
}
