package io.yunyu.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import org.junit.jupiter.api.Test;

class ForecastCommandTest {
    private static final JsonObject FORECAST = Json.parseObject(
            """
                {"verdict":"pass","findings":[],"answeredBefore":false,"suffices":false,
                 "cost":{"rhoMicros":50000,"deltaPicos":1000},
                 "budgets":[
                  {"family":"persons","recipient":"lab","limit":{"rhoMicros":200000},"left":{"rhoMicros":10000}},
                  {"family":"persons","limit":{"rhoMicros":1000000},"left":{"rhoMicros":810000}}],
                 "answer":{"epsilon":1.2345,"epsilonAtDelta":0.000001,
                  "numbers":[{"number":"rows","sigma":5.5,"interval95":11},
                   {"number":"mean","column":"visits.fee","interval95AtRecords":{"100":7.5,"1000":0.75}},
                   {"number":"quantile","column":"visits.fee","share":0.5,"records95":210.3,"step":0.5}],
                  "keySelection":{"rule":"gaussian-threshold","shownFromUnits":57}}}
                """);

    @Test
    void lines_ofAForecast_sayCostAccountAndExactness() {
        assertThat(ForecastCommand.lines(FORECAST))
                .containsExactly(
                        "pass, but the budget does not suffice",
                        "cost        rho 0.05",
                        "left        rho 0.01 of rho 0.2 for lab on persons",
                        "left        rho 0.81 of rho 1 for all recipients on persons",
                        "epsilon     1.2345 at delta 0.000001, for this query alone",
                        "95 %        rows ± 11",
                        "95 %        mean visits.fee ± 7.5 at 100 records, ± 0.75 at 1000",
                        "95 %        quantile 0.5 visits.fee within 210.3 records of its rank, in steps of 0.5",
                        "shown       cells of about 57 units and more");
    }

    @Test
    void lines_inChinese_sayTheSame() {
        assertThat(ForecastCommand.lines(FORECAST).stream().map(line -> Phrases.say(line, Language.CHINESE)))
                .containsExactly(
                        "通过，但预算不足",
                        "花费        rho 0.05",
                        "剩余        rho 0.01（共 rho 0.2），接收方：lab，数据集族：persons",
                        "剩余        rho 0.81（共 rho 1），接收方：全部接收方，数据集族：persons",
                        "epsilon     1.2345（delta 为 0.000001），仅就本次查询而言",
                        "95 %        rows ± 11",
                        "95 %        mean visits.fee ± 7.5（100 条记录时），± 0.75（1000 条记录时）",
                        "95 %        分位数 0.5 visits.fee，名次相差不超过 210.3 条记录，步长 0.5",
                        "显示        约 57 个单位及以上的单元格");
    }
}
