package io.yunyu.api.job;

import io.yunyu.api.identity.Actor;
import io.yunyu.api.web.Form;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What a differentially private query would cost and how exact its answer would be; touches no data, spends nothing. */
@RestController
class ForecastController {
    private final Forecasts forecasts;

    ForecastController(Forecasts forecasts) {
        this.forecasts = forecasts;
    }

    record ForecastForm(String agreementId, String sql, @Nullable Object rhoMicros) {
        ForecastForm {
            Form.text(agreementId, "agreementId");
            Form.text(sql, "sql");
        }
    }

    @PostMapping("/api/v1/jobs/forecast")
    Map<String, Object> forecast(@AuthenticationPrincipal Actor actor, @RequestBody ForecastForm form) {
        return forecasts.of(actor, form.agreementId(), form.sql(), Form.whole(form.rhoMicros(), "rhoMicros"));
    }
}
