package io.yunyu.api.page;

import io.yunyu.api.agreement.AgreementService;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.identity.SignIn;
import io.yunyu.api.program.Programs;
import io.yunyu.api.review.ReviewService;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A provider's reviewer at work. */
@Controller
class ReviewPages {
    private static final String FRAMED =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'";

    private final ReviewService service;
    private final AgreementService agreements;
    private final Programs programs;
    private final SignIn signIn;

    ReviewPages(ReviewService service, AgreementService agreements, Programs programs, SignIn signIn) {
        this.service = service;
        this.agreements = agreements;
        this.programs = programs;
        this.signIn = signIn;
    }

    @GetMapping("/reviews")
    String waiting(@AuthenticationPrincipal Actor actor, Model model) {
        model.addAttribute("jobs", service.waiting(actor));
        return "reviews";
    }

    @GetMapping("/reviews/{id}")
    ModelAndView review(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        return show(actor, id, "");
    }

    /** A file that an engine wrote: shown in a frame that can run nothing, load nothing and reach nothing. */
    @GetMapping("/reviews/{id}/report")
    ResponseEntity<byte[]> report(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", FRAMED)
                .cacheControl(CacheControl.noStore())
                .body(service.reportPage(actor, id));
    }

    /** Decides after the password was given again; the provider's approval key in the vault signs. */
    @PostMapping("/reviews/{id}/decision")
    ModelAndView decide(
            @AuthenticationPrincipal Actor actor,
            @PathVariable String id,
            @RequestParam String decision,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam String password,
            HttpServletRequest request) {
        if (!decision.equals("approve") && !decision.equals("refuse")) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "Decide for one of the two buttons.");
        }
        if (decision.equals("refuse") && reason.isBlank()) {
            return again(actor, id, "review.reason.missing");
        }
        Actor fresh;
        try {
            fresh = signIn.check(actor.person(), password, request.getRemoteAddr());
        } catch (ProblemException e) {
            return again(actor, id, "sign-in.wrong");
        }
        service.decideByVault(fresh, id, decision, reason.strip());
        return new ModelAndView("redirect:/reviews?done=" + decision);
    }

    private ModelAndView again(Actor actor, String id, String error) {
        ModelAndView page = show(actor, id, error);
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    private ModelAndView show(Actor actor, String id, String error) {
        ReviewService.Review review = service.open(actor, id);
        ModelAndView page = new ModelAndView("review");
        page.addObject("job", review.job());
        page.addObject("origins", programs.originsOf(review.job().id()));
        page.addObject("candidate", review.candidate());
        page.addObject("table", review.table());
        page.addObject("chart", BarChart.of(review.table()).orElse(null));
        page.addObject(
                "purpose", agreements.get(review.job().agreement()).agreement().purpose());
        DisclosureReport report =
                DisclosureReport.parse(Json.parseObject(review.candidate().report()));
        page.addObject("report", report);
        page.addObject("view", review.view());
        page.addObject("losses", MarkBar.of(review.view()));
        review.view().told().ifPresent(told -> {
            page.addObject("marked", MarkedTable.of(review.table(), told.marks()));
            page.addObject("noise", NoiseChart.of(told.marks()).orElse(null));
            page.addObject("overlaps", OverlapBar.of(told));
        });
        page.addObject(
                "bars", review.view().budgets().stream().map(BudgetBar::of).toList());
        page.addObject("protection", new TreeMap<>(report.protection()));
        page.addObject(
                "anonymization", AnonymizationView.of(review.anonymization()).orElse(null));
        page.addObject("earlier", review.earlier());
        page.addObject("error", error);
        return page;
    }
}
