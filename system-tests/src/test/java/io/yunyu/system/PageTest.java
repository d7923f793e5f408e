package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.yunyu.cli.client.JobClient;
import io.yunyu.cli.command.ElementCommand;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.system.egress.Planted;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The pages as people use them, in a real browser, in both languages. Pictures go to target/pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageTest {
    private static final Planted ID = Planted.word("identifier");
    private static final String CANARY = "KNRVGL-";
    /** In 昆明, whose income is most of that of the women there. */
    private static final int RICH = 7;

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @TempDir
    static Path dir;

    private Platform platform;
    private Playwright playwright;
    private Browser browser;
    private String agreement = "";
    private String job = "";
    private final List<String> consoleErrors = new ArrayList<>();

    @BeforeAll
    void start() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no browser here: install the package chromium (bin/yunyu test does)");
        platform = Platform.shared(dir.resolve("home"));
        StringBuilder rows = new StringBuilder("id,town,sex,age,income,note\n");
        String[] towns = {"大理", "昆明", "丽江", "怒江"};
        for (int i = 0; i < 900; i++) {
            rows.append(ID.text())
                    .append(i)
                    .append(',')
                    .append(i < 5 ? towns[3] : towns[i % 3])
                    .append(',')
                    .append(sex(i))
                    .append(',')
                    .append(i % 90)
                    .append(',')
                    .append(i == RICH ? 9_000_000 : 1_000 + i % 90)
                    .append(',')
                    .append(CANARY)
                    .append(i)
                    .append('\n');
        }
        platform.source("people.csv", rows);
        platform.ingest(platform.order("people", "id", new Source.Csv("people.csv", ","), List.of()));
        agreement = platform.agree(
                10,
                new Permission(
                        "people",
                        Map.of(
                                "town", Set.of(ColumnUse.GROUP_BY),
                                "sex", Set.of(ColumnUse.GROUP_BY),
                                "income", Set.of(ColumnUse.MEASURE),
                                "age", Set.of(ColumnUse.MEASURE))));
        job = platform.submit(
                agreement, "SELECT town, count(*) AS persons, avg(age) AS mean_age FROM people GROUP BY town");
        assertThat(platform.awaitRest(job).string("state")).isEqualTo("IN_REVIEW");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** In 丽江 five men only. */
    private static String sex(int person) {
        boolean lijiang = person >= 5 && person % 3 == 2;
        return lijiang ? person < 20 ? "M" : "F" : person / 3 % 2 == 0 ? "F" : "M";
    }

    @AfterAll
    void stop() {
        if (playwright != null) {
            playwright.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    @Order(1)
    void signIn_wrongPassword_saysSoWithoutSayingWhich() {
        try (BrowserContext context = context("en")) {
            Page page = open(context, "/");
            page.fill("#name", "nobody");
            page.fill("#password", "wrong");
            page.click("form[action*='sign-in'] button[type=submit]");
            assertThat(page.locator("[role=alert]").innerText()).isNotBlank().doesNotContain("nobody");
        }
    }

    @Test
    @Order(2)
    void review_inBothLanguages_showsProtectedTableAndQuery() {
        for (String language : List.of("zh", "en")) {
            try (BrowserContext context = context(language)) {
                Page page = signIn(context, Role.REVIEWER, "reviewer");
                page.navigate(platform.address() + "/reviews/" + job);
                shoot(page, "review-" + language);
                assertThat(page.locator("html").getAttribute("lang")).startsWith(language);
                assertThat(page.content()).contains("昆明", "SELECT town").doesNotContain("??");
                assertThat(page.locator("table").first().innerText()).contains("大理");
            }
        }
    }

    @Test
    @Order(3)
    void review_decidedWithoutThePassword_refused() {
        try (BrowserContext context = context("en")) {
            Page page = signIn(context, Role.REVIEWER, "reviewer");
            page.navigate(platform.address() + "/reviews/" + job);
            page.fill("#password", "not the password");
            page.click("button[value=approve]");
            assertThat(page.locator("[role=alert]").innerText()).isNotBlank();
            assertThat(platform.job(job).string("state")).isEqualTo("IN_REVIEW");
        }
    }

    @Test
    @Order(4)
    void review_approvedOnThePage_isReleasedWithCitation() {
        try (BrowserContext context = context("zh")) {
            Page page = signIn(context, Role.REVIEWER, "reviewer");
            page.navigate(platform.address() + "/reviews/" + job);
            page.fill("#password", platform.parties().password(Role.REVIEWER));
            page.click("button[value=approve]");
            assertThat(page.locator("[role=status]").innerText()).isNotBlank();
        }
        assertThat(platform.awaitRest(job).string("state")).isEqualTo("RELEASED");
        try (BrowserContext context = context("zh")) {
            Page page = signIn(context, Role.DEVELOPER, "developer");
            page.navigate(platform.address() + "/releases/" + platform.job(job).string("releaseId"));
            shoot(page, "release-zh");
            assertThat(page.content()).contains("获取日期", "昆明");
        }
    }

    /** After the release: the women of 丽江 are all of it but five, so they are answered as the town was. */
    @Test
    @Order(5)
    void review_ofATableBesideAnEarlierRelease_marksEachValue() throws Exception {
        String release = platform.job(job).string("releaseId");
        String next = platform.submit(
                agreement,
                "SELECT town, sex, count(*) AS records, count(DISTINCT id) AS persons, sum(income) AS income,"
                        + " avg(age) AS mean_age FROM people GROUP BY town, sex");
        assertThat(platform.awaitRest(next).string("state")).isEqualTo("IN_REVIEW");

        JsonObject review = platform.as(Role.REVIEWER).get("/api/v1/reviews/" + next);
        JsonObject view = review.object("view");
        List<List<Object>> rows =
                review.object("table").list("rows", row -> List.<Object>copyOf(((List<?>) row).subList(0, 2)));
        List<?> marks = view.list("marks", row -> row);
        assertThat(rows).contains(List.of("丽江", "M"));
        assertThat(marks.get(rows.indexOf(List.of("丽江", "M"))))
                .isEqualTo(List.of("label", "label", "min-units", "min-units", "min-units", "min-units"));
        assertThat((List<?>) marks.get(rows.indexOf(List.of("昆明", "F"))))
                .element(4)
                .isEqualTo("p-percent");
        List<?> near = (List<?>) marks.get(rows.indexOf(List.of("丽江", "F")));
        assertThat(List.of(near.get(2), near.get(5))).isEqualTo(List.of("repeated", "repeated"));
        assertThat((List<?>) marks.get(rows.indexOf(List.of("大理", "M"))))
                .isEqualTo(List.of("label", "label", "noise", "noise", "noise", "noise"));
        assertThat(view.string("withheldUnits")).isEqualTo("FEW");
        assertThat(view.objects("overlaps")).hasSize(1);
        assertThat(view.objects("overlaps").get(0).string("releaseId")).isEqualTo(release);
        assertThat(view.objects("overlaps").get(0).longValue("cells")).isEqualTo(1);
        assertThat(view.object("guarded").longValue("repeated")).isGreaterThanOrEqualTo(3);
        assertThat(Json.write(review.asMap())).doesNotContain(CANARY, "9000000", "怒江");

        for (String language : List.of("zh", "en")) {
            try (BrowserContext context = context(language)) {
                Page page = signIn(context, Role.REVIEWER, "reviewer");
                page.navigate(platform.address() + "/reviews/" + next);
                assertThat(page.locator("td[data-mark=repeated]").count()).isGreaterThanOrEqualTo(2);
                assertThat(page.locator("td[data-mark=min-units]").allInnerTexts())
                        .hasSize(4)
                        .allMatch(text -> text.strip().startsWith("×"));
                assertThat(page.locator("#overlap").innerText()).contains(release);
                assertThat(page.locator("#noise circle").count()).isGreaterThan(3);
                assertThat(page.locator("#withheld-units rect.here").count()).isEqualTo(1);
                assertThat(page.content()).doesNotContain(CANARY, "9000000", "9,000,000", "怒江", "??");
                shoot(page, "review-marks-" + language);
            }
        }
        platform.approve(next);
        String second = platform.awaitRest(next).string("releaseId");
        byte[] bundle = platform.as(Role.DEVELOPER).getBytes("/api/v1/releases/" + second + "/bundle");
        assertThat(CanonicalContainer.read(bundle).keySet()).doesNotContain("view.json", "candidate");
        assertThat(new String(bundle, StandardCharsets.UTF_8)).doesNotContain("ReviewFacts", "\"repeated\"");
    }

    @Test
    @Order(6)
    void review_asADeveloper_notAllowed() {
        try (BrowserContext context = context("en")) {
            Page page = signIn(context, Role.DEVELOPER, "developer");
            assertThat(page.navigate(platform.address() + "/reviews").status()).isEqualTo(403);
        }
    }

    /** The engine's charts run in a frame: they are drawn, speak the page's language; in the long form the element goes all the way. */
    @Test
    @Order(7)
    void review_ofADataElement_showsChartsInAFrame_andItsDatasetSaysWhereItComesFrom() throws Exception {
        String element = elementInReview();
        long smallest = platform.as(Role.REVIEWER)
                .get("/api/v1/reviews/" + element)
                .object("anonymization")
                .object("equivalenceClasses")
                .longValue("minSize");
        assertThat(smallest).isGreaterThanOrEqualTo(11);
        for (String language : List.of("zh", "en")) {
            try (BrowserContext context = context(language)) {
                Page page = signIn(context, Role.REVIEWER, "reviewer");
                page.navigate(platform.address() + "/reviews/" + element);
                page.locator("iframe.report").scrollIntoViewIfNeeded();
                FrameLocator report = page.frameLocator("iframe.report");
                report.locator("svg").first().waitFor();
                assertThat(report.locator("h1").innerText())
                        .contains(language.equals("zh") ? "去标识化报告" : "De-identification report");
                assertThat(report.locator("svg").count()).isGreaterThan(2);
                assertThat(page.locator("#anonymization").innerText()).contains(String.valueOf(smallest));
                shoot(page, "review-element-" + language);
            }
        }
        if (Heavy.ON) {
            datasetOf(element);
        }
    }

    /** By default {@link DataElementTest} loads an element, and looks at its entry by the interface. */
    private void datasetOf(String element) throws Exception {
        platform.approve(element);
        String release = platform.awaitRest(element).string("releaseId");
        JsonObject loaded = platform.ingest(ElementCommand.order(
                platform.as(Role.STEWARD).get("/api/v1/elements/" + release),
                "people_element",
                "人员要素",
                "People element",
                platform.parties().signer(Role.STEWARD)));
        assertThat(loaded.string("state")).isEqualTo("DONE");
        try (BrowserContext context = context("zh")) {
            Page page = signIn(context, Role.DEVELOPER, "developer");
            page.navigate(platform.address() + "/datasets");
            assertThat(page.locator(".origin").innerText()).contains(release, "去标识化", "第三十二条第二款");
            shoot(page, "datasets-zh");
        }
    }

    private String elementInReview() throws Exception {
        String agreement = platform.agree(
                5,
                new Permission(
                        "people",
                        Map.of(),
                        Optional.of(new ElementTerms(
                                ElementTerms.Policy.CONTROLLED,
                                Map.of(
                                        "town", AttributeRole.QUASI_IDENTIFIER,
                                        "age", AttributeRole.QUASI_IDENTIFIER)))));
        Map<String, Object> spec = Json.object(
                "attributes",
                List.of(
                        Json.object(
                                "name",
                                "town",
                                "role",
                                "QUASI_IDENTIFIER",
                                "hierarchy",
                                Json.object("builder", "redaction")),
                        Json.object(
                                "name",
                                "age",
                                "role",
                                "QUASI_IDENTIFIER",
                                "dataType",
                                "integer",
                                "hierarchy",
                                Json.object("builder", "interval", "width", 10L, "groups", List.of(3L)))),
                "privacyModels",
                List.of(Json.object("model", "k-anonymity", "k", 5L)),
                "suppressionLimit",
                new BigDecimal("0.1"));
        String element = new JobClient(platform.as(Role.DEVELOPER))
                .submitElement(
                        agreement, Json.object("dataset", "people", "spec", spec), Optional.empty(), Optional.empty())
                .string("id");
        JsonObject rested = platform.awaitRest(element);
        assertThat(rested.string("state")).as(Json.write(rested.asMap())).isEqualTo("IN_REVIEW");
        return element;
    }

    @Test
    @Order(8)
    void pages_allOfThem_leaveNoErrorInTheConsole() {
        assertThat(consoleErrors).isEmpty();
    }

    private BrowserContext context(String language) {
        return browser.newContext(new Browser.NewContextOptions().setLocale(language.equals("zh") ? "zh-CN" : "en-GB"));
    }

    private Page open(BrowserContext context, String path) {
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            // A refused page is reported by the browser as a failed resource; that is the test's intention.
            if (message.type().equals("error") && !message.text().contains("status of 4")) {
                consoleErrors.add(message.text());
            }
        });
        page.navigate(platform.address() + path);
        return page;
    }

    private Page signIn(BrowserContext context, Role role, String name) {
        Page page = open(context, "/sign-in");
        page.fill("#name", name);
        page.fill("#password", platform.parties().password(role));
        page.click("form[action*='sign-in'] button[type=submit]");
        return page;
    }

    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Command.root().resolve("system-tests/target/pages/" + name + ".png"))
                .setFullPage(true));
    }
}
