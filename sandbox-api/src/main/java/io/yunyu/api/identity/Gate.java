package io.yunyu.api.identity;

import io.yunyu.api.web.ProblemJson;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Asks the table of routes; what it does not name is denied. */
final class Gate implements AuthorizationManager<RequestAuthorizationContext> {
    private final List<Routes.Route> table;

    Gate(List<Routes.Route> table) {
        this.table = table;
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        Authentication who = authentication.get();
        boolean allowed = who != null
                && who.getPrincipal() instanceof Actor actor
                && Routes.find(table, request.getMethod(), request.getRequestURI())
                        .filter(route -> actor.may(route.scope(), route.roles()))
                        .isPresent();
        return new AuthorizationDecision(allowed);
    }

    /** Tells an authenticated caller why: no such path, no such method, or not theirs to call. */
    void explain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Set<String> methods = Routes.methods(table, request.getRequestURI());
        if (methods.isEmpty()) {
            ProblemJson.send(
                    request, response, 404, new Problem(ProblemCode.NOT_FOUND, "There is nothing at this address."));
        } else if (Routes.find(table, request.getMethod(), request.getRequestURI())
                .isEmpty()) {
            response.setHeader("Allow", String.join(", ", methods));
            ProblemJson.send(
                    request,
                    response,
                    405,
                    new Problem(ProblemCode.BAD_REQUEST, "This address takes " + String.join(", ", methods) + "."));
        } else {
            ProblemJson.send(
                    request,
                    response,
                    403,
                    new Problem(
                            ProblemCode.NOT_ALLOWED,
                            "Your roles or this token's scopes do not allow this. Ask for a token with the scope,"
                                    + " or someone whose role it is."));
        }
    }
}
