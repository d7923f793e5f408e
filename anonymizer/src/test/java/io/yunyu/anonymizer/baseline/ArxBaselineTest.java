package io.yunyu.anonymizer.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ArxBaselineTest {
    @Test
    void anonymize_arxBaseline_givesArxAnswers() throws IOException {
        Path shared = Path.of(System.getProperty("yunyu.shared", "absent"));
        Assumptions.assumeTrue(
                Files.exists(shared.resolve("vectors/arx-baseline.json")),
                "The ARX baseline is not there; set yunyu.shared to compare with it.");
        String only = System.getProperty("yunyu.only", "");
        Map<String, Integer> unsupported = new TreeMap<>();
        List<String> different = new ArrayList<>();
        int same = 0;
        Map<String, double[]> times = new TreeMap<>();
        for (ArxRow row : ArxRow.all(shared)) {
            if (!row.id().startsWith(only)) continue;
            try {
                Comparison comparison = Comparison.of(row);
                double[] t = times.computeIfAbsent(row.group(), g -> new double[3]);
                t[0] += comparison.result().searchSeconds() * 1000;
                t[1] += row.json().decimal("searchTimeMs").doubleValue();
                t[2]++;
                if (System.getProperty("yunyu.verbose") != null) System.out.printf("%s %s %s sup=%s  ours %.0f ms %d checks, ARX %s ms %d checks%n", row.id(), row.json().strings("models"), row.json().string("metric"), row.json().decimal("suppressionLimit"),
                    comparison.result().searchSeconds()*1000, comparison.result().outcome().checked(), row.json().decimal("searchTimeMs").setScale(0, java.math.RoundingMode.UP), row.json().longValue("transformationsChecked"));
                if (comparison.differences().isEmpty()) {
                    same++;
                } else {
                    different.add(row.id() + " " + row.json().strings("models") + " " + row.json().string("metric") + " "
                            + row.json().decimal("suppressionLimit") + ": " + comparison.differences());
                }
            } catch (Unsupported e) {
                unsupported.merge(row.group() + ": " + e.getMessage(), 1, Integer::sum);
            } catch (RuntimeException e) { different.add(row.id() + " " + e); e.printStackTrace(); }
        }
        different.forEach(System.out::println);
        System.out.println("same " + same + ", different " + different.size() + ", unsupported " + unsupported);
        times.forEach((g, t) -> System.out.printf("%s: ours %.0f ms, ARX %.0f ms, %d rows%n", g, t[0], t[1], (int) t[2]));
        assertThat(same).isGreaterThan(0);
    }
}
