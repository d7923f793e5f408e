package io.yunyu.api.page;

import io.yunyu.api.catalog.Catalog;
import io.yunyu.api.catalog.CatalogEntry;
import io.yunyu.api.catalog.DataElement;
import io.yunyu.api.catalog.DataElements;
import io.yunyu.api.engine.Vault;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.identity.Directory;
import io.yunyu.api.job.Job;
import io.yunyu.api.job.JobService;
import io.yunyu.api.state.State;
import io.yunyu.contract.disclosure.DisclosureReport;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Sign-in, home, datasets, and a developer's jobs. */
@Controller
class PageController {
    private static final Set<State> MOVING = Set.of(State.SUBMITTED, State.RUNNING, State.APPROVED);

    private final Catalog catalog;
    private final Directory directory;
    private final JobService jobs;
    private final Vault vault;
    private final DataElements elements;

    PageController(Catalog catalog, Directory directory, JobService jobs, Vault vault, DataElements elements) {
        this.elements = elements;
        this.catalog = catalog;
        this.directory = directory;
        this.jobs = jobs;
        this.vault = vault;
    }

    @GetMapping("/sign-in")
    String signIn() {
        return "sign-in";
    }

    @GetMapping("/")
    String home(@AuthenticationPrincipal Actor actor, Model model) {
        model.addAttribute(
                "organization", directory.organization(actor.organization()).orElseThrow());
        return "home";
    }

    @GetMapping("/datasets")
    String datasets(Model model) {
        List<CatalogEntry> entries = catalog.entries();
        model.addAttribute("datasets", entries);
        Map<String, DataElement> origins = new TreeMap<>();
        entries.forEach(entry ->
                entry.element().flatMap(elements::find).ifPresent(element -> origins.put(entry.id(), element)));
        model.addAttribute("origins", origins);
        model.addAttribute("directory", directory);
        return "datasets";
    }

    @GetMapping("/jobs")
    String jobs(@AuthenticationPrincipal Actor actor, Model model) {
        model.addAttribute("jobs", jobs.of(actor));
        return "jobs";
    }

    @GetMapping("/jobs/{id}")
    String job(@AuthenticationPrincipal Actor actor, @PathVariable String id, Model model) {
        Job job = jobs.readable(actor, id);
        model.addAttribute("job", job);
        model.addAttribute("moving", MOVING.contains(job.state()));
        boolean shown = job.state() == State.REFUSED || job.state() == State.RELEASED;
        model.addAttribute(
                "certificate",
                shown ? job.report().flatMap(DisclosureReport::certificate).orElse(null) : null);
        model.addAttribute(
                "findings", shown ? job.report().map(DisclosureReport::findings).orElse(List.of()) : List.of());
        return "job";
    }

    @GetMapping("/trust.pub")
    ResponseEntity<String> trust() {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .body(vault.trust().toText());
    }
}
