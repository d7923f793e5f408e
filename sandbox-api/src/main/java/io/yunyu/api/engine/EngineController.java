package io.yunyu.api.engine;

import io.yunyu.contract.json.Json;
import io.yunyu.launcher.WarmState;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For the operator: how many engines there are, how often one was ready, and which process runs which job. */
@RestController
class EngineController {
    private final EngineRuns engines;

    EngineController(EngineRuns engines) {
        this.engines = engines;
    }

    @GetMapping("/api/v1/engines")
    Map<String, Object> engines() {
        WarmState state = engines.state().orElse(new WarmState(0, 0, 0, 0, 0, 0));
        return Json.object(
                "idle", state.idle(),
                "rehearsed", state.rehearsed(),
                "busy", state.busy(),
                "warm", state.warm(),
                "cold", state.cold(),
                "discarded", state.discarded(),
                "processes",
                        engines.processes().entrySet().stream()
                                .map(engine -> Json.object("jobId", engine.getKey(), "pid", engine.getValue()))
                                .toList());
    }
}
