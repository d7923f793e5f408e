package io.yunyu.contract.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "There is no such dataset.|没有此数据集。",
                "There is no file a b.csv.|没有文件 a b.csv。",
                "Add 'town' to GROUP BY, or put it into SUM, AVG or COUNT.|请把“town”加入 GROUP BY，或放入 SUM、AVG 或 COUNT。",
                "The order is for dataset 'a', not for 'b'.|指令针对数据集“a”，而不是“b”。",
                "Column 'x' of dataset 'd' has no key. Nothing was written.|数据集“d”的列“x”没有密钥。没有写入任何内容。",
                "The agreement cannot be accepted: An agreement must begin before it ends.|协议不能接受：协议的开始须早于结束。",
                "Member 'delta' of a stated privacy must be from 1e-11 to 1e-6.|所声明隐私的成员“delta”必须在 1e-11 到 1e-6 之间。",
                "The vault refused queryNoise: The vault has counted 2 pico-delta for 'd' on family 'f'; agreement 'a' allows 3 in all, and the query costs 4. Group by columns with public keys only, which costs none.|密钥库拒绝了 queryNoise：密钥库已为“d”在数据族“f”上记账 2 皮 delta；协议“a”共允许 3，该查询需要 4。请只按有公开取值的列分组，这不消耗 delta。",
                "There is no dataset '$1\\{0}'. Name one of the catalog.|没有数据集“$1\\{0}”。请使用目录中的名称。"
            })
    void say_sentenceOfOurs_isChineseWithItsParameters(String english, String chinese) {
        assertThat(Phrases.say(english, Language.CHINESE)).isEqualTo(chinese);
        assertThat(Phrases.say(english, Language.ENGLISH)).isEqualTo(english);
    }

    @Test
    void say_textOfOthers_staysAsItIs() {
        assertThat(Phrases.say("Nobody said this before", Language.CHINESE)).isEqualTo("Nobody said this before");
        assertThat(Phrases.say("", Language.CHINESE)).isEmpty();
    }

    @Test
    void say_longTextWithManyPlaces_isDecidedQuickly() {
        String text = "Column 'a' is granted for b, not for c".repeat(400);
        assertThat(Phrases.say(text, Language.CHINESE).equals(text)).isTrue();
    }

    @Test
    void detail_untranslated_isPutUnderTheCodesName() {
        assertThat(Phrases.detail(new Problem(ProblemCode.CONFLICT, "Something new."), Language.CHINESE))
                .isEqualTo("与现状冲突（Something new.）");
        assertThat(Phrases.detail(new Problem(ProblemCode.CONFLICT, "已是中文。"), Language.CHINESE))
                .isEqualTo("已是中文。");
    }

    /** A code that is newer than its name is shown as the code. */
    @Test
    void title_codes_haveChineseNames() {
        List<String> unnamed = Stream.of(ProblemCode.values())
                .map(code -> Phrases.title(code, Language.CHINESE))
                .filter(title -> !title.matches("\\p{IsHan}+"))
                .toList();
        assertThat(unnamed).hasSizeLessThan(3).allMatch(title -> title.matches("[A-Z_]+"));
    }

    @Test
    void english_allPhrases_areDifferentAndFindThemselves() {
        assertThat(Phrases.english()).doesNotHaveDuplicates();
        for (String english : Phrases.english()) {
            assertThat(Phrases.chinese(english)).as(english).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, ENGLISH",
                "-, -, zh_CN.UTF-8, CHINESE",
                "C, -, zh_CN.UTF-8, ENGLISH",
                "'', zh_TW, en_US, CHINESE",
                "zh, en_US, en_US, CHINESE",
                "-, -, zhuang, ENGLISH",
                "-, -, fr_FR, ENGLISH"
            })
    void ofEnvironment_firstThatIsSet_decides(String all, String messages, String lang, Language expected) {
        Map<String, String> environment = new java.util.HashMap<>();
        environment.put("LC_ALL", all);
        environment.put("LC_MESSAGES", messages);
        environment.put("LANG", lang);
        environment.values().removeIf(java.util.Objects::isNull);
        assertThat(Language.ofEnvironment(environment)).isEqualTo(expected);
    }
}
