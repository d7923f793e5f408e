package io.yunyu.api.web;

import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds bodies at 1 MiB, programs at 6, whether or not they announce their length. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimitFilter extends OncePerRequestFilter {
    static final long BOUND = 1 << 20;

    private static final long PROGRAM_BOUND = 6 << 20;
    private static final String PROGRAMS = "/api/v1/programs";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long bound = request.getRequestURI().equals(PROGRAMS) ? PROGRAM_BOUND : BOUND;
        if (request.getContentLengthLong() > bound) {
            ProblemJson.send(
                    request,
                    response,
                    413,
                    new Problem(
                            ProblemCode.TOO_LARGE,
                            "The request is too large; a body has at most " + bound + " bytes."));
            return;
        }
        chain.doFilter(request.getContentLengthLong() >= 0 ? request : new Bounded(request, bound), response);
    }

    /** A request of unknown length, whose body ends with an error at the bound. */
    private static final class Bounded extends HttpServletRequestWrapper {
        private final long bound;

        Bounded(HttpServletRequest request, long bound) {
            super(request);
            this.bound = bound;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream body = super.getInputStream();
            return new ServletInputStream() {
                private long read;

                @Override
                public int read() throws IOException {
                    int next = body.read();
                    count(next < 0 ? 0 : 1);
                    return next;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = body.read(buffer, offset, length);
                    count(Math.max(count, 0));
                    return count;
                }

                private void count(int bytes) throws IOException {
                    read += bytes;
                    if (read > bound) {
                        throw new TooLargeException(bound);
                    }
                }

                @Override
                public boolean isFinished() {
                    return body.isFinished();
                }

                @Override
                public boolean isReady() {
                    return body.isReady();
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    body.setReadListener(listener);
                }
            };
        }
    }
}
