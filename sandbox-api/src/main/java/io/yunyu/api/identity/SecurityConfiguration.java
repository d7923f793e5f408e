package io.yunyu.api.identity;

import io.yunyu.api.web.ProblemJson;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Two doors: programs come with tokens, people with a session. Both deny by default. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, Tokens tokens) throws Exception {
        Gate gate = new Gate(Routes.api());
        return http.securityMatcher("/api/**")
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
                .addFilterBefore(new BearerFilter(tokens), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        // Its own door: name and password by Basic, checked by the controller.
                        .requestMatchers(org.springframework.http.HttpMethod.POST, "/api/v1/tokens")
                        .permitAll()
                        .requestMatchers(org.springframework.http.HttpMethod.GET, "/api/v1/health")
                        .permitAll()
                        .anyRequest()
                        .access(gate))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(
                                (request, response, e) -> notAuthenticated(request, response))
                        .accessDeniedHandler((request, response, e) -> gate.explain(request, response)))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http) throws Exception {
        Gate gate = new Gate(Routes.pages());
        return http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/sign-in",
                                "/error",
                                "/yunyu.css",
                                "/yunyu.js",
                                "/favicon.svg",
                                "/webjars/**",
                                "/v3/api-docs",
                                "/v3/api-docs/**")
                        .permitAll()
                        .anyRequest()
                        .access(gate))
                .formLogin(form -> form.loginPage("/sign-in")
                        .usernameParameter("name")
                        .passwordParameter("password")
                        .failureHandler((request, response, e) -> response.sendRedirect(
                                e instanceof LockedException ? "/sign-in?wait" : "/sign-in?wrong"))
                        .defaultSuccessUrl("/", false))
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?out"))
                .exceptionHandling(errors -> errors.accessDeniedHandler((request, response, e) -> response.sendError(
                        Routes.methods(Routes.pages(), request.getRequestURI()).isEmpty() ? 404 : 403)))
                .build();
    }

    /** Sign-in on the page, by the same check and the same throttle as for tokens. */
    @Bean
    AuthenticationProvider passwordAuthentication(SignIn signIn) {
        return new AuthenticationProvider() {
            @Override
            public Authentication authenticate(Authentication given) {
                String address = given.getDetails() instanceof WebAuthenticationDetails details
                        ? String.valueOf(details.getRemoteAddress())
                        : "unknown";
                try {
                    Actor actor = signIn.check(given.getName(), String.valueOf(given.getCredentials()), address);
                    return UsernamePasswordAuthenticationToken.authenticated(actor, null, List.of());
                } catch (ProblemException e) {
                    throw new BadCredentialsException("wrong", e);
                } catch (TooManyAttempts e) {
                    throw new LockedException("wait", e);
                }
            }

            @Override
            public boolean supports(Class<?> type) {
                return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
            }
        };
    }

    private static void notAuthenticated(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer realm=\"yunyu\"");
        ProblemJson.send(
                request,
                response,
                401,
                new Problem(
                        ProblemCode.NOT_AUTHENTICATED,
                        "This needs a token in force. Get one by POST /api/v1/tokens with name and password."));
    }
}
