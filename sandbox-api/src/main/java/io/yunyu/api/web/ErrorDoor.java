package io.yunyu.api.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What the servlet container reports by itself, in the same form as everything else. */
@Controller
class ErrorDoor implements ErrorController {
    @RequestMapping("/error")
    Object error(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer known ? known : 404;
        return ProblemAdvice.answer(request, new HttpHeaders(), status, ProblemAdvice.ofStatus(status));
    }
}
