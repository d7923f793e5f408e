package io.yunyu.api.page;

import io.yunyu.api.identity.Actor;
import io.yunyu.api.program.Program;
import io.yunyu.api.program.ProgramService;
import io.yunyu.api.program.Programs;
import io.yunyu.api.state.State;
import java.util.Set;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A developer's programs and the tables that came of each. */
@Controller
class ProgramPages {
    private static final Set<State> MOVING = Set.of(State.SUBMITTED, State.RUNNING);

    private final ProgramService service;
    private final Programs programs;

    ProgramPages(ProgramService service, Programs programs) {
        this.service = service;
        this.programs = programs;
    }

    @GetMapping("/programs")
    String list(@AuthenticationPrincipal Actor actor, Model model) {
        model.addAttribute("programs", service.of(actor));
        return "programs";
    }

    @GetMapping("/programs/{id}")
    String program(@AuthenticationPrincipal Actor actor, @PathVariable String id, Model model) {
        Program program = service.readable(actor, id);
        model.addAttribute("program", program);
        model.addAttribute("moving", MOVING.contains(program.state()));
        model.addAttribute("tables", programs.tables(id));
        return "program";
    }
}
