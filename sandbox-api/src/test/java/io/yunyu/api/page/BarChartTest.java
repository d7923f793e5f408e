package io.yunyu.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.review.ProtectedTable;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BarChartTest {
    @Test
    void chart_takesTheFirstMeasure_andMarksSuppressedCells() {
        BarChart chart = BarChart.of(table("[[1980,\"昆明\",40],[1981,\"怒江\",null],[1982,\"大理\",20]]", "[[1,2]]"))
                .orElseThrow();
        assertThat(chart.title()).isEqualTo("n");
        assertThat(chart.bars()).extracting(BarChart.Bar::label).containsExactly("1980 · 昆明", "1981 · 怒江", "1982 · 大理");
        assertThat(chart.bars()).extracting(BarChart.Bar::length).containsExactly(350, 0, 175);
        assertThat(chart.bars()).extracting(BarChart.Bar::value).containsExactly("40", "×", "20");
    }

    @Test
    void chart_ofManyRows_isBounded_andOfNoneAbsent() {
        String rows = String.join(
                ",",
                IntStream.range(0, 100)
                        .mapToObj(i -> "[" + i + ",\"x\"," + i + "]")
                        .toList());
        assertThat(BarChart.of(table("[" + rows + "]", "[]")).orElseThrow().bars())
                .hasSize(40);
        assertThat(BarChart.of(table("[]", "[]"))).isEmpty();
        assertThat(BarChart.of(table("[[1,\"x\",-3],[2,\"y\",0]]", "[]"))
                        .orElseThrow()
                        .bars())
                .extracting(BarChart.Bar::length)
                .containsOnly(0);
    }

    private static ProtectedTable table(String rows, String suppressed) {
        return ProtectedTable.of(("{\"columns\":[{\"name\":\"year\",\"type\":\"LONG\",\"label\":true},"
                        + "{\"name\":\"area\",\"type\":\"STRING\",\"label\":true},{\"name\":\"n\",\"type\":\"LONG\"}],"
                        + "\"rows\":" + rows + ",\"suppressed\":" + suppressed + "}")
                .getBytes(StandardCharsets.UTF_8));
    }
}
