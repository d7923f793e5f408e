package io.yunyu.engine.tabulate;

import io.yunyu.anonymizer.page.Markup;
import io.yunyu.anonymizer.page.ReportPage;
import io.yunyu.engine.tabulate.CellResult.Status;
import io.yunyu.engine.tabulate.Tabulation.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The report of a run as a page, in Chinese and English, one file without script. It shows noise and how wide the
 * attacker's intervals are, so it stays with the data owner.
 */
final class TabulationPage {
    private static final Map<Status, String[]> WORDS = new EnumMap<>(Map.of(
            Status.PUBLISHED, new String[] {"已发布", "published", "var(--blue)"},
            Status.PRIMARY, new String[] {"初级抑制", "primary suppression", "var(--bad)"},
            Status.SECONDARY, new String[] {"次级抑制", "secondary suppression", "var(--warn)"},
            Status.EMPTY, new String[] {"空单元", "empty", "#c9d3de"}));

    private final Result result;

    TabulationPage(Result result) {
        this.result = result;
    }

    String html() {
        StringBuilder body = new StringBuilder();
        for (MeasureResult measure : result.measures()) {
            body.append(section(measure));
        }
        return "<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<title>统计表保护报告 · Table protection report</title><style>" + ReportPage.style()
                + "</style></head><body><span id=\"en\"></span><span id=\"zh\"></span><main>" + head() + body
                + "<footer>" + Markup.escaped(TableFiles.INTERNAL) + "</footer></main></body></html>\n";
    }

    private String head() {
        String[] method = method();
        return "<header><nav><a href=\"#zh\">中文</a> · <a href=\"#en\">English</a></nav><h1>"
                + Markup.both("统计表保护报告", "Table protection report") + " <span class=\"chip\">"
                + Markup.both(method[0], method[1]) + "</span></h1></header><p><span class=\"chip bad\">"
                + Markup.both("仅供数据所有者内部使用，不得外传", "For the data owner only: never to leave") + "</span></p>";
    }

    private String[] method() {
        if (result.spec().protection() instanceof Protection.Rounding rounding) {
            return new String[] {"取整，基数 " + rounding.base(), "rounding, base " + rounding.base()};
        } else if (result.spec().protection() instanceof Protection.CellKeys) {
            return new String[] {"单元密钥法", "cell-key method"};
        } else if (result.spec().protection() instanceof Protection.Suppression) {
            return new String[] {"次级抑制", "secondary suppression"};
        } else if (result.spec().protection() instanceof Protection.Private) {
            return new String[] {"差分隐私", "differential privacy"};
        }
        return new String[] {"仅初级规则", "primary rules only"};
    }

    private String section(MeasureResult measure) {
        List<CellResult> cells = new ArrayList<>();
        for (CellResult cell : measure.cells()) {
            if (cell != null) {
                cells.add(cell);
            }
        }
        StringBuilder body = new StringBuilder(statuses(cells));
        if (cells.stream().anyMatch(c -> c.isShown() && c.noise() != 0)) {
            body.append("<h3>")
                    .append(Markup.both("已发布单元的噪声", "Noise of published cells"))
                    .append("</h3>");
            body.append(new NoiseChart(cells).svg());
        }
        IntervalChart intervals = new IntervalChart(result.table(), measure);
        if (!intervals.isEmpty()) {
            body.append("<h3>")
                    .append(Markup.both("攻击者可推算的区间与所需保护水平之比", "What an attacker can compute, against what is demanded"))
                    .append("</h3>")
                    .append(intervals.svg());
            body.append(Markup.note(
                    "两侧都应达到 1（竖线），超过 4 处截断。最多显示保护最弱的 " + IntervalChart.MOST + " 个单元。",
                    "Both sides must reach 1 (the upright lines); lines are cut at 4. Shown are the least protected cells, at most "
                            + IntervalChart.MOST + "."));
        }
        for (String note : measure.notes()) {
            String[] text = note(note);
            body.append(Markup.note(text[0], text[1]));
        }
        String name = Markup.escaped(measure.name());
        return Markup.section(name, name, body.toString());
    }

    private static String[] note(String key) {
        return switch (key) {
            case "weighted-count" ->
                new String[] {
                    "加权计数：发布值为 扰动后的未加权计数 × 平均权重（n′·w/n）。",
                    "Weighted count: what is published is the perturbed unweighted count times the average weight (n′·w/n)."
                };
            case "sensitive-perturbed" ->
                new String[] {
                    "初级规则标记的敏感单元未抑制，而是附加噪声（mu）后发布。",
                    "Cells that primary rules flag are not withheld but published with extra noise (mu)."
                };
            case "private" ->
                new String[] {
                    "每次运行都再次消耗隐私预算；本命令不记录以往的运行。",
                    "Each run spends the privacy budget once more; this command does not remember earlier runs."
                };
            case "subtraction" ->
                new String[] {
                    "已发布的单元格可通过加减推算出部分被抑制的单元格（取整时在取整误差内）；audit.json 中 subtraction 为 0 的即是。请改用 suppress 方法，或去掉某个合计。",
                    "Published cells give some withheld ones back by sums and differences, up to their rounding: those whose"
                            + " subtraction in audit.json is 0. Use method suppress, or leave out a total."
                };
            case "subtraction-estimate" ->
                new String[] {
                    "被抑制的计数可由已发布的计数线性估计；audit.json 中的 subtraction 是最佳估计的方差相对于一个已发布计数的倍数，小于 1 即比直接发布还准。",
                    "Withheld counts can be estimated from published ones: subtraction in audit.json is the variance of the best"
                            + " linear estimate in multiples of that of one published count. Below 1 it tells more than"
                            + " publication would have."
                };
            case "subtraction-unknown" ->
                new String[] {
                    "表太大，未检查被抑制的单元格能否由已发布的推算。",
                    "The table is too large: whether published cells give withheld ones back was not looked at."
                };
            default -> throw new IllegalStateException("A note has no text.");
        };
    }

    private static String statuses(List<CellResult> cells) {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        cells.forEach(cell -> counts.merge(cell.status(), 1L, Long::sum));
        StringBuilder bar = new StringBuilder("<div class=\"stack\">");
        StringBuilder legend = new StringBuilder("<p class=\"legend\">");
        for (Status status : Status.values()) {
            long count = counts.getOrDefault(status, 0L);
            if (count > 0) {
                String[] words = words(status);
                String share = String.format(java.util.Locale.ROOT, "%.3f", 100.0 * count / cells.size());
                bar.append("<i style=\"width:" + share + "%;background:" + words[2] + "\"></i>");
                legend.append("<i style=\"background:" + words[2] + "\"></i>")
                        .append(Markup.both(words[0], words[1]))
                        .append(" <span class=\"num\">")
                        .append(Markup.count(count))
                        .append("</span>");
            }
        }
        return bar.append("</div>").append(legend).append("</p>").toString();
    }

    private static String[] words(Status status) {
        return WORDS.getOrDefault(status, new String[] {"", "", ""});
    }
}
