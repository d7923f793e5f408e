package io.yunyu.api.release;

import io.yunyu.ledger.release.ReleasedDataset;
import java.time.LocalDate;
import java.util.List;

/**
 * What a citation is made from.
 *
 * @param providerZh name of the organization that provides the data and is cited as responsible
 * @param developerZh name of the organization that made the table
 * @param issuedOn day of the release in China
 */
record CitationSource(
        String releaseId,
        String providerZh,
        String providerEn,
        String developerZh,
        String developerEn,
        LocalDate issuedOn,
        List<ReleasedDataset> datasets) {
    static final String PLATFORM_ZH = "云南省公共数据平台";
    static final String PLATFORM_EN = "Yunnan Public Data Platform";

    CitationSource {
        // A line break in a title must not become a line of its own in a citation.
        datasets = datasets.stream()
                .map(dataset -> new ReleasedDataset(
                        dataset.id(),
                        line(dataset.titleZh()),
                        line(dataset.titleEn()),
                        dataset.version(),
                        dataset.acquiredOn(),
                        dataset.provider(),
                        dataset.batchDigest()))
                .toList();
    }

    private static String line(String title) {
        return title.replaceAll("[\\p{Cntrl}\u2028\u2029]+", " ").strip();
    }

    String titleZh() {
        return String.join("、", datasets.stream().map(ReleasedDataset::titleZh).toList()) + "：受保护统计表";
    }

    String titleEn() {
        return String.join(", ", datasets.stream().map(ReleasedDataset::titleEn).toList())
                + ": protected statistical table";
    }

    /** A name for the release that needs no resolver. */
    String urn() {
        return "urn:yunyu:release:" + releaseId;
    }

    /** 第四十条: source and date of acquisition, one line for each dataset. */
    List<String> sourceLines() {
        return datasets.stream()
                .map(dataset -> "数据来源：" + providerZh + "，" + dataset.titleZh() + "（" + PLATFORM_ZH + "，版本"
                        + dataset.version() + "），获取日期：" + chinese(dataset.acquiredOn()))
                .toList();
    }

    private static String chinese(LocalDate date) {
        return date.getYear() + "年" + date.getMonthValue() + "月" + date.getDayOfMonth() + "日";
    }
}
