package io.yunyu.api.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.json.Json;
import io.yunyu.ledger.release.ReleasedDataset;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Citations against golden files, with everything that could break a format. The golden files are written anew by
 * {@code mvn test -Dtest=CitationTest -Dsurefire.jvm.flags=-Dyunyu.golden=src/test/resources/citations}; read them before you
 * commit them.
 */
class CitationTest {
    private static final CitationSource SOURCE = new CitationSource(
            "rel-0f3a",
            "云南省卫生健康委员会",
            "Yunnan Health Commission",
            "云岭数据（50%控股）& 合作_方 #1",
            "Yunling Data",
            LocalDate.of(2026, 11, 23),
            List.of(
                    dataset("门诊就诊{2025}\\\"全省\"", "Visits", 3, LocalDate.of(2026, 1, 5)),
                    dataset("人口基础~$信息", "Population", 12, LocalDate.of(2025, 12, 31))));

    @Test
    void files_areTheGoldenOnes() throws Exception {
        Map<String, byte[]> files = new Citation(SOURCE).files();
        String write = System.getProperty("yunyu.golden");
        if (write != null) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(Path.of(write, file.getKey()), file.getValue());
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(new String(file.getValue(), StandardCharsets.UTF_8))
                    .as(file.getKey())
                    .isEqualTo(golden(file.getKey()));
        }
    }

    @Test
    void text_namesSourceVersionAndAcquisitionDate() {
        assertThat(new Citation(SOURCE).text()).contains("数据来源：云南省卫生健康委员会，人口基础~$信息（云南省公共数据平台，版本12），获取日期：2025年12月31日");
    }

    @Test
    void json_isWellFormed() {
        assertThat(Json.parse(new Citation(SOURCE).csl().strip())).isInstanceOf(List.class);
        assertThat(Json.parseObject(new Citation(SOURCE).dataCite().strip()).objects("titles"))
                .hasSize(2);
    }

    @Test
    void tex_keepsBracesBalanced() {
        assertThat(Citation.tex("a}b{c\\d%e\nf"))
                .isEqualTo("a\\textbraceright{}b\\textbraceleft{}c\\textbackslash{}d\\%e f");
    }

    private static ReleasedDataset dataset(String zh, String en, long version, LocalDate acquired) {
        return new ReleasedDataset("d", zh, en, version, acquired, "yn-health", "sha256:" + "0".repeat(64));
    }

    private static String golden(String name) throws Exception {
        try (InputStream in = CitationTest.class.getResourceAsStream("/citations/" + name)) {
            return in == null ? "no golden file " + name : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
