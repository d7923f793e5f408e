package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.Browser;
import io.yunyu.api.platform.FakeEngines;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.job.EngineJob;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages, as a browser without script sees them. */
class PagesTest {
    @TempDir
    static Path home;

    static Platform platform;
    static String agreement;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
        agreement = platform.agreed("visits");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void refusedJob_pageProposesTheTriedChange_inBothLanguages() throws Exception {
        platform.engines.script(run -> io.yunyu.api.platform.FakeEngines.refused());
        String job = platform.submit(agreement, "SELECT id_no FROM visits", java.util.Optional.empty())
                .json()
                .string("id");
        platform.awaitJob(job, "REFUSED");
        platform.engines.succeed();
        Browser chinese = new Browser(platform.address(), "zh-CN").signIn("developer", Platform.PASSWORD);
        assertThat(chinese.open("/jobs/" + job).text())
                .contains("可以通过的修改", "去掉 OFFSET。", "SELECT count(*)", "共试 2 种修改")
                .doesNotContain("??");
        Browser english = new Browser(platform.address(), "en").signIn("developer", Platform.PASSWORD);
        assertThat(english.open("/jobs/" + job).text())
                .contains("What would pass", "Remove OFFSET.", "2 changes were tried")
                .doesNotContain("??");
    }

    @Test
    void approve_onThePageWithPassword_releasesAndShowsTheTable() throws Exception {
        String job = platform.inReview(agreement);
        Browser reviewer = new Browser(platform.address(), "zh-CN").signIn("reviewer", Platform.PASSWORD);
        Answer review = reviewer.open("/reviews/" + job);
        assertThat(review.status()).as(review.text()).isEqualTo(200);
        assertThat(review.text())
                .contains("SELECT area, count(*) n", "门诊利用统计", "昆明", "1203", "min-units", "<svg", "lang=\"zh-CN\"")
                .contains("合成数据 / synthetic identifiers accepted")
                .contains("&lt;b&gt;怒江&lt;/b&gt;")
                .doesNotContain("<b>怒江")
                .doesNotContain("??");

        assertThat(review.text().split("<table", -1))
                .as("the protected table, its losses and its findings")
                .hasSize(4);
        assertThat(review.text()).contains("保护造成的损失", "50.0 %", "显示 1 个，抑制 1 个。");

        Answer wrong = reviewer.submit(
                "/reviews/" + job + "/decision", Map.of("decision", "approve", "password", "not the password"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("用户名或密码不正确");

        Answer done = reviewer.submit(
                "/reviews/" + job + "/decision", Map.of("decision", "approve", "password", Platform.PASSWORD));
        assertThat(done.text()).contains("您的决定已记录");
        platform.awaitJob(job, "RELEASED");

        Browser developer = new Browser(platform.address(), "en").signIn("developer", Platform.PASSWORD);
        assertThat(developer.open("/jobs/" + job).text()).contains("data-state=\"RELEASED\"", "Open the release");
        String release = platform.get("developer", "/api/v1/jobs/" + job).json().string("releaseId");
        assertThat(developer.open("/releases/" + release).text())
                .contains("数据来源：云南省卫生健康委员会，门诊就诊（云南省公共数据平台，版本1），获取日期：2026年11月20日")
                .contains("table.csv", "release.yunyu", "verify-release", "lang=\"en\"")
                .doesNotContain("??");
        assertThat(developer.open("/releases/" + release + "/files/table.csv").text())
                .contains("昆明,1203");
        assertThat(developer
                        .open("/releases/" + release + "/files/candidate.json")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void review_withFacts_showsMarksNoiseShareAndOverlaps_inBothLanguages() throws Exception {
        String earlier = platform.inReview(agreement);
        platform.engines.script(run -> {
            EngineJob.SqlJob job = (EngineJob.SqlJob) run.job();
            return FakeEngines.computed(
                    job, ReviewTest.facts(job.jobId(), java.util.List.of(new ReviewFacts.Overlap(earlier, 1))));
        });
        String job = platform.inReview(agreement);
        platform.engines.succeed();
        String chinese = new Browser(platform.address(), "zh-CN")
                .signIn("reviewer", Platform.PASSWORD)
                .open("/reviews/" + job)
                .text();
        assertThat(chinese)
                .contains("data-mark=\"repeated\"", "data-mark=\"min-units\"", "1203<", "≈", "×¹")
                .contains("沿用此前对相同或几乎相同单元集合的答案", "人数少于最小单元数或没有人，已抑制")
                .contains("10% 至 25%。", "class=\"here\"")
                .contains("扰动：标准差为数值的 0.144%", "n：中位数 0.144%，最大 0.144%。", "class=\"dot\"")
                .contains(earlier, "审核中", "1 / 2", "2 个单元格中的 1 个。")
                .contains("最近 30 天内，对 yunling-data 在此数据族上的答复：12 个沿用此前答案，4 个")
                .doesNotContain("??", "marks.absent", "封存时尚未记录");
        String english = new Browser(platform.address(), "en")
                .signIn("reviewer", Platform.PASSWORD)
                .open("/reviews/" + job)
                .text();
        assertThat(english)
                .contains(
                        "answered as an earlier set of the same, or nearly the same, units",
                        "Fewer persons than the threshold, or none; suppressed.",
                        "10 to 25 %.",
                        "in review",
                        "noise: standard deviation 0.144 % of the value")
                .doesNotContain("??");
        assertThat(english.split("data-mark=\"min-units\"", -1)).as("one cell").hasSize(2);
    }

    @Test
    void review_ofACandidateWithoutFacts_saysThatItHasNone() throws Exception {
        String job = platform.inReview(agreement);
        assertThat(new Browser(platform.address(), "en")
                        .signIn("reviewer", Platform.PASSWORD)
                        .open("/reviews/" + job)
                        .text())
                .contains("id=\"unmarked\"", "before marks were kept")
                .doesNotContain("??", "id=\"noise\"", "id=\"overlap\"", "id=\"withheld-units\"");
    }

    @Test
    void everyPage_inBothLanguages_rendersWithoutMissingWords() throws Exception {
        Map<String, String> pages = Map.of(
                "/",
                "developer",
                "/datasets",
                "steward",
                "/jobs",
                "developer",
                "/reviews",
                "reviewer",
                "/releases",
                "steward");
        for (String language : new String[] {"zh", "en"}) {
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Browser browser = new Browser(platform.address(), language).signIn(page.getValue(), Platform.PASSWORD);
                Answer answer = browser.open(page.getKey());
                assertThat(answer.status()).as(page + " " + language).isEqualTo(200);
                assertThat(answer.text())
                        .as(page + " " + language)
                        .doesNotContain("??")
                        .contains("<h1");
            }
        }
    }

    @Test
    void language_chosenByParameter_isKeptInACookie() throws Exception {
        Browser browser = new Browser(platform.address(), "zh-CN");
        assertThat(browser.open("/sign-in").text()).contains("登录");
        assertThat(browser.open("/sign-in?lang=en").text()).contains("Sign in");
        assertThat(browser.open("/sign-in").text()).contains("Sign in").doesNotContain("用户名");
    }

    @Test
    void page_withoutSession_leadsToSignIn() throws Exception {
        assertThat(new Browser(platform.address(), "en").open("/reviews").text())
                .contains("autocomplete=\"username\"");
    }

    @Test
    void page_ofAnotherRole_isForbidden() throws Exception {
        Browser developer = new Browser(platform.address(), "en").signIn("developer", Platform.PASSWORD);
        assertThat(developer.open("/reviews").status()).isEqualTo(403);
        assertThat(developer.open("/no-such-page").status()).isEqualTo(404);
    }

    @Test
    void decision_withoutToken_isRefused() throws Exception {
        String job = platform.inReview(agreement);
        Browser reviewer = new Browser(platform.address(), "en").signIn("reviewer", Platform.PASSWORD);

        Answer forged = reviewer.submitWithoutToken(
                "/reviews/" + job + "/decision", Map.of("decision", "approve", "password", Platform.PASSWORD));

        assertThat(forged.status()).isEqualTo(403);
        assertThat(platform.get("developer", "/api/v1/jobs/" + job).json().string("state"))
                .isEqualTo("IN_REVIEW");
    }

    @Test
    void pages_allowNoInlineScriptAndNoFraming() throws Exception {
        Answer page = new Browser(platform.address(), "en").open("/sign-in");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.text()).doesNotContain("style=").doesNotContain("onclick");
        for (String asset :
                new String[] {"/yunyu.css", "/yunyu.js", "/favicon.svg", "/webjars/picocss__pico/css/pico.min.css"}) {
            assertThat(new Browser(platform.address(), "en").open(asset).status())
                    .as(asset)
                    .isEqualTo(200);
        }
    }

    @Test
    void messages_haveTheSameKeysInBothLanguages() throws Exception {
        assertThat(keys("messages/pages.properties")).isEqualTo(keys("messages/pages_zh.properties"));
    }

    private static java.util.Set<Object> keys(String resource) throws Exception {
        Properties properties = new Properties();
        try (InputStream in = PagesTest.class.getClassLoader().getResourceAsStream(resource)) {
            properties.load(in);
        }
        return properties.keySet();
    }
}
