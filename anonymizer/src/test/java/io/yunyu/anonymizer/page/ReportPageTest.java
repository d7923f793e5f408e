package io.yunyu.anonymizer.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.AnonymizationReport;
import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.language.Phrases;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportPageTest {
    private static final String NASTY = "<script>alert('1')</script>\"&\u202E";

    @TempDir
    Path folder;

    @Test
    void of_namesAndLabelsWithMarkup_areText() throws Exception {
        String page = page(NASTY, "<b>x</b>\" onmouseover=\"y");

        assertThat(page).doesNotContain("<script", "<b>x", "\" onmouseover", "\u202E");
        assertThat(page).contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;\uFFFD");
        assertThat(page).contains("&lt;b&gt;x&lt;/b&gt;&quot; onmouseover=&quot;y");
        for (String element : matches(page, "<section>.*?</section>|<header>.*?</header>")) {
            // Well-formed, so that no text has become markup: each void element of HTML is closed for the XML parser.
            String xml = "<div>" + element.replace("<br>", "<br/>") + "</div>";
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        }
    }

    @Test
    void of_anyReport_loadsNothingAndRunsNothing() throws IOException {
        String page = page("town", "Dali");

        assertThat(page).contains("default-src 'none'");
        assertThat(page)
                .doesNotContain(
                        "http://", "https://", "<script", "<link", "<img", "<iframe", "src=", "url(", "@import");
        assertThat(matches(page, "href=\"[^\"]*\"")).containsOnly("href=\"#zh\"", "href=\"#en\"");
    }

    @Test
    void of_generalizedAndSuppressedValues_appearNeitherOnThePageNorInTheReport() throws IOException {
        AnonymizationResult result = result("town", "Dali");
        Set<String> released = new HashSet<>();
        result.forEachReleasedRow(released::addAll);
        assertThat(released).contains("West", "East").doesNotContain("Rare", "canary-0");

        String report = AnonymizationReport.of(result).toJson();
        String page = ReportPage.of(Json.parseObject(report));

        assertThat(page).contains("West", "East").doesNotContain("Rare", "canary", "person-");
        assertThat(report).doesNotContain("Rare", "canary", "person-");
    }

    @Test
    void of_everyWord_isThereInBothLanguages() throws IOException {
        String page = page("town", "Dali");

        assertThat(matches(page, "class=\"zh[ \"]").size())
                .isEqualTo(matches(page, "class=\"en[ \"]").size())
                .isGreaterThan(60);
    }

    @Test
    void of_noSolution_saysWhichModelFails() {
        JsonObject report = JsonObject.of(Json.object(
                "solved",
                false,
                "optimal",
                true,
                "rows",
                5L,
                "objective",
                "loss",
                "privacyModels",
                List.of("k-anonymity(k=9)"),
                "suppressionLimit",
                0L,
                "search",
                Json.object("latticeSize", 1L, "transformationsChecked", 1L, "seconds", 0L),
                "failingModels",
                List.of(Json.object("model", "k-anonymity(k=9)", "recordsToSuppress", 5L)),
                "advice",
                "Relax <it>."));

        assertThat(ReportPage.of(report)).contains("无解", "no solution", "k-anonymity(k=9)", "Relax &lt;it&gt;.");
    }

    /** Every reason that a report gives for what it lacks: by Mondrian, whose ranges have no level, with a response of one value. */
    @Test
    void of_whatIsUndefinedOrNotEvaluated_givesTheReasonInBothLanguages() {
        List<String> ages = new ArrayList<>();
        List<String> illnesses = new ArrayList<>();
        for (int row = 0; row < 30; row++) {
            ages.add(String.valueOf(20 + row));
            illnesses.add("flu");
        }
        MicrodataTable table = MicrodataTable.of(List.of(Column.of("age", ages), Column.of("illness", illnesses)));
        String json = "{'attributes':[{'name':'age','role':'QUASI_IDENTIFIER','dataType':'integer'},"
                + "{'name':'illness','role':'INSENSITIVE','response':true}],"
                + "'privacyModels':[{'model':'k-anonymity','k':4}],'search':{'algorithm':'mondrian'}}";
        AnonymizationSpec spec = AnonymizationSpec.parse(Json.parseObject(json.replace('\'', '"')), Path.of(""));

        JsonObject report = Json.parseObject(AnonymizationReport.ofAllRecords(Anonymizer.anonymize(table, spec))
                .toJson());
        String page = ReportPage.of(report);

        List<String> reasons = new ArrayList<>();
        report.objects("undefined").forEach(one -> reasons.add(one.string("reason")));
        report.objects("classificationPerformance")
                .forEach(one -> one.optionalString("notEvaluated").ifPresent(reasons::add));
        assertThat(reasons).hasSize(3).allSatisfy(reason -> {
            String chinese = Phrases.chinese(reason).orElse("no Chinese form");
            assertThat(chinese).containsPattern("\\p{IsHan}{4}");
            assertThat(page).contains(Markup.escaped(chinese), Markup.escaped(reason));
        });
    }

    @Test
    void percent_nearlyNoneOrAll_neverReadsAsNoneOrAll() {
        assertThat(Markup.percent(0.000001)).isEqualTo("&lt; 0.001 %");
        assertThat(Markup.percent(0.99999)).isEqualTo("&gt; 99.9 %");
        assertThat(Markup.percent(0)).isEqualTo("0 %");
        assertThat(Markup.percent(1)).isEqualTo("100 %");
        assertThat(Markup.percent(0.0739)).isEqualTo("7.39 %");
        assertThat(Markup.percent(0.5)).isEqualTo("50.0 %");
    }

    @Test
    void count_number_isGroupedByThousands() {
        assertThat(Markup.count(7)).isEqualTo("7");
        assertThat(Markup.count(123456)).isEqualTo("123,456");
        assertThat(Markup.count(1234567)).isEqualTo("1,234,567");
    }

    private String page(String attribute, String value) throws IOException {
        return ReportPage.of(Json.parseObject(
                AnonymizationReport.of(result(attribute, value)).toJson()));
    }

    /** Towns fall into two regions; one region has a single record, which is suppressed. A second attribute stays as it is. */
    private AnonymizationResult result(String attribute, String value) throws IOException {
        List<String> towns = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        List<String> persons = new ArrayList<>();
        StringBuilder hierarchy = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            towns.add("canary-" + i);
            kept.add(value);
            persons.add("person-" + i);
            hierarchy.append("canary-").append(i).append(i % 2 == 0 ? ";West;*\n" : ";East;*\n");
        }
        towns.add("canary-rare");
        kept.add(value);
        persons.add("person-rare");
        hierarchy.append("canary-rare;Rare;*\n");
        Files.writeString(folder.resolve("town.csv"), hierarchy);
        AnonymizationSpec spec = AnonymizationSpec.parse(
                JsonObject.of(Json.object(
                        "attributes",
                        List.of(
                                Json.object("name", "person", "role", "DIRECT_IDENTIFIER"),
                                Json.object(
                                        "name",
                                        "place",
                                        "role",
                                        "QUASI_IDENTIFIER",
                                        "hierarchy",
                                        Json.object("file", "town.csv")),
                                Json.object("name", attribute, "role", "QUASI_IDENTIFIER")),
                        "privacyModels",
                        List.of(Json.object("model", "k-anonymity", "k", 5L)),
                        "population",
                        1000L,
                        "releaseContext",
                        Json.object("environment", "PUBLIC"),
                        "suppressionLimit",
                        new java.math.BigDecimal("0.1"))),
                folder);
        return Anonymizer.anonymize(
                MicrodataTable.of(
                        List.of(Column.of("person", persons), Column.of("place", towns), Column.of(attribute, kept))),
                spec);
    }

    private static List<String> matches(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
