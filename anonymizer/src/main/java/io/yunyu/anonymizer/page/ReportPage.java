package io.yunyu.anonymizer.page;

import static io.yunyu.anonymizer.page.Markup.both;
import static io.yunyu.anonymizer.page.Markup.count;
import static io.yunyu.anonymizer.page.Markup.decimal;
import static io.yunyu.anonymizer.page.Markup.escaped;
import static io.yunyu.anonymizer.page.Markup.note;
import static io.yunyu.anonymizer.page.Markup.percent;
import static io.yunyu.anonymizer.page.Markup.section;
import static io.yunyu.anonymizer.page.Markup.sentence;

import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The report as a page. Made from report.json and nothing else, so that it shows no value that the report does not hold;
 * a report for the owner of the original records says so on top.
 * One file without script: both languages are in it, and the address's fragment ({@code #en}) chooses.
 */
public final class ReportPage {
    private static final List<ClassSizeChart.Policy> POLICIES = List.of(
            new ClassSizeChart.Policy("领地公开", "enclave", 5),
            new ClassSizeChart.Policy("受控公开", "controlled", 11),
            new ClassSizeChart.Policy("完全公开", "public", 20));

    private final JsonObject report;

    private ReportPage(JsonObject report) {
        this.report = report;
    }

    /** @param report as the schema of reports has it; members may be missing */
    public static String of(JsonObject report) {
        return new ReportPage(report).page();
    }

    private String page() {
        return "<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta name=\"referrer\" content=\"no-referrer\">"
                + "<title>去标识化报告 · De-identification report</title><style>" + style() + "</style></head><body>"
                + "<span id=\"en\"></span><span id=\"zh\"></span><main>" + head()
                + (report.bool("solved") ? solved() : unsolved()) + method() + "</main></body></html>\n";
    }

    /** The style sheet of pages like this one. */
    public static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The page's style is not in the program.", e);
        }
    }

    private String head() {
        String verdict = !report.bool("solved")
                ? RiskTables.chip(false, "无解", "no solution")
                : report.bool("optimal")
                        ? RiskTables.chip(true, "最优解", "optimal")
                        : "<span class=\"chip\">" + both("可行解，未证明最优", "a solution, not proven optimal") + "</span>";
        return "<header><nav><a href=\"#zh\">中文</a> · <a href=\"#en\">English</a></nav><h1>"
                + both("去标识化报告", "De-identification report") + " " + verdict + "</h1>" + warning() + "</header>";
    }

    private boolean isForOwnerOnly() {
        return report.boolOr("forOwnerOnly", false);
    }

    private String warning() {
        return isForOwnerOnly()
                ? "<p class=\"warning\">"
                        + both(
                                "仅供原始数据的持有者：含原始记录的统计量，其中一些是个别人的取值。请勿随发布数据一起提供。",
                                "For the owner of the original records only: holds statistics of them, some of which are values of"
                                        + " single persons. Do not hand it on with the release.")
                        + "</p>"
                : "";
    }

    private String solved() {
        List<JsonObject> attributes = list("attributes");
        List<JsonObject> quality =
                report.has("quality") ? report.object("quality").objects("attributes") : List.of();
        StringBuilder body = new StringBuilder(tiles()).append(policies()).append(records());
        if (!list("riskDistribution").isEmpty()) {
            body.append(section("等价类大小", "Class sizes", new ClassSizeChart(list("riskDistribution"), POLICIES).svg()));
        }
        body.append(section("各类攻击者的风险", "Risk by attacker", new RiskChart(attackers(), POLICIES).svg() + atRisk()));
        if (!attributes.isEmpty()) {
            body.append(section(
                    "准标识符：层级与效用",
                    "Quasi-identifiers: level and utility",
                    AttributeCharts.levels(attributes, quality)
                            + note("100 % 为原始数据，0 为全部抑制。", "100 % is the original data, 0 everything suppressed.")
                            + (report.object("search").has("algorithm")
                                    ? note(
                                            "多维重编码：各区域的标签不同，此处为最粗一级；区间不属任何层级。",
                                            "Multidimensional recoding: labels differ between regions, the coarsest level is"
                                                    + " shown; ranges stand on no level.")
                                    : "")
                            + (report.object("search").has("recodingRounds")
                                    ? note(
                                            "局部重编码：各记录层级可不同，此处为最粗一级。",
                                            "Local recoding: levels differ between records; the coarsest is shown.")
                                    : "")));
            body.append(section(
                    "发布的取值",
                    "Labels of the release",
                    AttributeCharts.labels(attributes)
                            + note("只列发布数据中出现的取值。", "Only labels that released records show.")));
        }
        if (!list("quasiIdentifierRanking").isEmpty()) {
            body.append(section(
                    "准标识符排序", "Ranking of quasi-identifiers", AttributeCharts.ranking(list("quasiIdentifierRanking"))));
        }
        if (report.has("quality")) {
            body.append(StatisticsTables.quality(report.object("quality")));
        }
        if (report.has("summaryStatistics")) {
            body.append(StatisticsTables.summaries(report.object("summaryStatistics")));
        }
        if (!list("classificationPerformance").isEmpty()) {
            body.append(ClassificationCharts.of(list("classificationPerformance")));
        }
        body.append(RiskTables.sensitive(list("sensitiveDisclosure")));
        if (report.has("populationUniqueness")) {
            body.append(RiskTables.populationUniqueness(report.object("populationUniqueness")));
        }
        if (report.has("releaseContext")) {
            body.append(RiskTables.context(report.object("releaseContext")));
        }
        if (report.has("attributeRisks")) {
            body.append(RiskTables.attributeSets(report.object("attributeRisks")));
        }
        return body.toString();
    }

    private String tiles() {
        JsonObject classes = report.object("equivalenceClasses");
        StringBuilder tiles = new StringBuilder("<div class=\"tiles\">");
        tiles.append(RiskTables.tile(count(report.longValue("rows")), both("条记录", "records")));
        tiles.append(RiskTables.tile(count(classes.longValue("count")), both("个等价类", "equivalence classes")));
        tiles.append(RiskTables.tile(count(classes.longValue("minSize")), both("最小类", "smallest class")));
        tiles.append(RiskTables.tile(
                percent(report.object("risk").object("prosecutor").decimal("highest")), both("最高风险", "highest risk")));
        tiles.append(RiskTables.tile(count(report.longValue("suppressedRecords")), both("条被抑制", "suppressed")));
        if (report.has("quality")) {
            tiles.append(RiskTables.tile(
                    percent(report.object("quality").decimal("granularity")), both("保留的粒度", "granularity kept")));
        }
        return tiles.append("</div>").toString();
    }

    private String policies() {
        if (!report.has("policies")) {
            return "";
        }
        JsonObject policies = report.object("policies");
        boolean people = policies.string("counted").equals("people");
        StringBuilder cards = new StringBuilder("<div class=\"cards policies\">");
        for (String name : List.of("PUBLIC", "CONTROLLED", "ENCLAVE")) {
            JsonObject policy = policies.object(name);
            boolean met = policy.bool("met");
            String share = percent(policy.decimal("shareInSmallerClasses"));
            cards.append("<div class=\"card ").append(met ? "good" : "bad").append("\"><h3>");
            cards.append(policyName(name))
                    .append(" k ≥ ")
                    .append(policy.longValue("smallestClass"))
                    .append("</h3><p>");
            cards.append(met ? RiskTables.chip(true, "满足", "met") : RiskTables.chip(false, "未满足", "not met"));
            cards.append("</p><p>").append(both("较小类中的成员：" + share, share + " of the members in smaller classes"));
            if (!met && policy.bool("strictAverageMet")) {
                cards.append("<br>")
                        .append(both(
                                "严格平均满足（最小类 ≥ " + policy.longValue("floor") + "）",
                                "strict average met (no class below " + policy.longValue("floor") + ")"));
            }
            cards.append("</p></div>");
        }
        return section(
                "发布等级",
                "Release policies",
                cards.append("</div>")
                        + (people
                                ? note("按人计数。", "Counts people.")
                                : note(
                                        "按记录计数；若一人有多条记录，请指定 privacyUnit 以按人计数。",
                                        "Counts records; where a person has several, name a privacyUnit to count people.")));
    }

    private static String policyName(String name) {
        return switch (name) {
            case "PUBLIC" -> both("完全公开", "Public");
            case "CONTROLLED" -> both("受控公开", "Controlled");
            default -> both("领地公开", "Enclave");
        };
    }

    /** Released, completely generalized and suppressed records as one bar. */
    private String records() {
        long rows = report.longValue("rows");
        long suppressed = report.longValue("suppressedRecords");
        long flagged = report.has("outlierFlaggedRows") ? report.longValue("outlierFlaggedRows") : suppressed;
        long blank = Math.max(0, flagged - suppressed);
        long released = rows - suppressed - blank;
        String bar = "<div class=\"stack\"><i class=\"released\" style=\"width:" + Markup.at(100.0 * released / rows)
                + "%\"></i><i class=\"blank\" style=\"width:" + Markup.at(100.0 * blank / rows)
                + "%\"></i><i class=\"suppressed\" style=\"width:" + Markup.at(100.0 * suppressed / rows)
                + "%\"></i></div><p class=\"legend\"><i class=\"released\"></i>"
                + both("发布 ", "released ") + count(released) + " <i class=\"blank\"></i>"
                + both("完全泛化或不在研究范围 ", "completely generalized, or not under study ") + count(blank)
                + " <i class=\"suppressed\"></i>" + both("抑制 ", "suppressed ") + count(suppressed) + " ("
                + percent((double) suppressed / rows) + both("，上限 ", ", limit ")
                + percent(report.decimal("suppressionLimit")) + ")</p>";
        return section("记录", "Records", bar);
    }

    private List<RiskChart.Attacker> attackers() {
        JsonObject risk = report.object("risk");
        List<RiskChart.Attacker> attackers = new ArrayList<>();
        attackers.add(attacker("检察官攻击者", "prosecutor", risk.object("prosecutor")));
        attackers.add(attacker("记者攻击者", "journalist", risk.object("journalist")));
        double marketer = risk.object("marketer").decimal("successRate").doubleValue();
        attackers.add(new RiskChart.Attacker("营销者攻击者", "marketer", marketer, marketer));
        if (risk.has("wildcard")) {
            attackers.add(attacker("* 视为通配", "* as a wildcard", risk.object("wildcard")));
        }
        return attackers;
    }

    private static RiskChart.Attacker attacker(String zh, String en, JsonObject risk) {
        return new RiskChart.Attacker(
                zh,
                en,
                risk.decimal("highest").doubleValue(),
                risk.decimal("successRate").doubleValue());
    }

    private String atRisk() {
        JsonObject risk = report.object("risk");
        String threshold = percent(risk.decimal("threshold"));
        String part = percent(risk.object("prosecutor").decimal("recordsAtRisk"));
        return note(
                "风险高于 " + threshold + " 的记录：" + part + "（检察官）。检察官知道某人在数据中；记者只知道总体；营销者以量取胜。被抑制的记录与任何人都相符，因此通配风险偏低。",
                part + " of the records have a risk above " + threshold + " (prosecutor). The prosecutor knows that a"
                        + " person is in the data, the journalist knows the population, the marketer goes for numbers. A suppressed record matches everybody, which keeps the wildcard risk low.");
    }

    private String unsolved() {
        StringBuilder body = new StringBuilder();
        if (!list("failingModels").isEmpty()) {
            body.append("<table><thead><tr><th>").append(both("模型", "Model")).append("</th><th>");
            body.append(both("须抑制的记录", "Records to suppress")).append("</th></tr></thead><tbody>");
            for (JsonObject model : list("failingModels")) {
                body.append("<tr><td>").append(escaped(model.string("model"))).append("</td><td class=\"num\">");
                body.append(count(model.longValue("recordsToSuppress"))).append("</td></tr>");
            }
            body.append("</tbody></table>");
        }
        report.optionalString("advice")
                .ifPresent(advice -> body.append("<p>").append(sentence(advice)).append("</p>"));
        return section(
                "无解：在最粗的允许层级仍须抑制过多记录",
                "No solution: too many records must be suppressed at the coarsest allowed levels",
                body
                        + note(
                                "可以提高 suppressionLimit、提高某准标识符的 maxLevel，或放宽上表中的模型。没有写出数据。",
                                "Raise suppressionLimit, raise maxLevel of a quasi-identifier, or relax a model above. No data"
                                        + " were written."));
    }

    private String method() {
        StringBuilder rows = new StringBuilder();
        row(
                rows,
                "隐私模型",
                "Privacy models",
                String.join(
                        "<br>",
                        report.strings("privacyModels").stream()
                                .map(Markup::escaped)
                                .toList()));
        row(rows, "目标函数", "Objective", escaped(report.string("objective")));
        report.optionalString("score").ifPresent(score -> row(rows, "信息损失", "Information loss", escaped(score)));
        JsonObject search = report.object("search");
        row(rows, "搜索", "Search", searched(search));
        for (JsonObject masked : list("maskedAttributes")) {
            row(rows, "掩码", "Masked", escaped(masked.string("attribute") + ": " + masked.string("method")));
        }
        if (report.has("seed")) {
            row(rows, "随机种子", "Seed", String.valueOf(report.longValue("seed")));
        }
        if (report.has("differencesFromArx")) {
            for (String difference : report.strings("differencesFromArx")) {
                row(rows, "与 ARX 的差异", "Differs from ARX", sentence(difference));
            }
        }
        for (JsonObject undefined : list("undefined")) {
            row(
                    rows,
                    "未定义",
                    "Undefined",
                    escaped(undefined.string("member")) + "<br>" + sentence(undefined.string("reason")));
        }
        return section("方法", "Method", "<table class=\"method\"><tbody>" + rows + "</tbody></table>")
                + "<footer>"
                + (isForOwnerOnly()
                        ? both(
                                "本页由 report.json 生成，含原始记录的统计量，不加载任何外部资源。",
                                "Made from report.json. Holds statistics of the original records and loads nothing from"
                                        + " elsewhere.")
                        : both(
                                "本页由 report.json 生成，不含未发布的取值，不加载任何外部资源。",
                                "Made from report.json. Shows no value that was not released and loads nothing from"
                                        + " elsewhere."))
                + "</footer>";
    }

    private static String searched(JsonObject search) {
        String seconds = decimal(search.decimal("seconds").doubleValue());
        if (search.has("algorithm")) {
            String mode = escaped(search.string("mode"));
            String cuts = count(search.longValue("cuts"));
            return both(
                    "Mondrian（" + (mode.equals("relaxed") ? "宽松" : "严格") + "），切分 " + cuts + " 次，深度 "
                            + count(search.longValue("depth")) + "，" + seconds + " 秒",
                    "Mondrian, " + mode + ": " + cuts + " cuts, " + count(search.longValue("depth")) + " deep, in "
                            + seconds + " s");
        }
        String checked = decimalOf(search, "transformationsChecked");
        String lattice = decimalOf(search, "latticeSize");
        return both(
                "格点 " + lattice + "，检查 " + checked + "，" + seconds + " 秒",
                checked + " of " + lattice + " transformations checked in " + seconds + " s");
    }

    private static void row(StringBuilder rows, String zh, String en, String value) {
        rows.append("<tr><th>")
                .append(both(zh, en))
                .append("</th><td>")
                .append(value)
                .append("</td></tr>");
    }

    /** Whole numbers beyond 64 bits are decimals. */
    private static String decimalOf(JsonObject object, String member) {
        return String.format(
                java.util.Locale.ROOT, "%,d", object.decimal(member).toBigInteger());
    }

    private List<JsonObject> list(String member) {
        return report.has(member) ? report.objects(member) : List.of();
    }
}
