package io.yunyu.cli.dummy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.dimension.CodeList;
import io.yunyu.contract.identifier.CitizenId;
import io.yunyu.contract.identifier.IdentifierRules;
import io.yunyu.contract.identifier.UnifiedSocialCreditCode;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.profile.Band;
import io.yunyu.contract.profile.ProtectedProfile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DummyTableTest {
    private static final DummyDataset PERSONS = new DummyDataset(
            "persons",
            "people",
            "id_no",
            List.of(id("id_no"), text("sex"), text("town").with(new CodeList(List.of("大理", "丽江"))), of("age", "LONG")),
            Optional.empty());
    private static final DummyDataset VISITS = new DummyDataset(
            "visits",
            "people",
            "person",
            List.of(
                    of("visit", "STRING", AttributeRole.DIRECT_IDENTIFIER),
                    id("person"),
                    of("fee", "DECIMAL(12,2)"),
                    of("day", "DATE"),
                    of("at", "TIMESTAMP"),
                    of("score", "DOUBLE"),
                    of("urgent", "BOOLEAN"),
                    of("rate", "DECIMAL(3,3)"),
                    uscc("hospital")),
            Optional.empty());

    @Test
    void write_sameSeed_sameText_otherSeed_other() throws Exception {
        assertThat(csv(VISITS, 500, 7, QueryHints.NONE)).isEqualTo(csv(VISITS, 500, 7, QueryHints.NONE));
        assertThat(csv(VISITS, 500, 8, QueryHints.NONE)).isNotEqualTo(csv(VISITS, 500, 7, QueryHints.NONE));
    }

    @Test
    void write_identifiers_areValidAndFictional_andUnitsAreShared() throws Exception {
        IdentifierRules rules = IdentifierRules.withSyntheticRegions(LocalDate.of(2026, 1, 1));
        Set<String> persons = new HashSet<>(column(csv(PERSONS, 3000, 7, QueryHints.NONE), 0));
        Set<String> visitors = new HashSet<>(column(csv(VISITS, 3000, 7, QueryHints.NONE), 1));
        assertThat(persons).hasSizeGreaterThan(1000);
        assertThat(visitors)
                .hasSizeGreaterThan(1000)
                .allMatch(id -> CitizenId.reasonOf(id, rules) == null
                        && id.substring(4, 6).equals("99"));
        long shared = persons.stream().filter(visitors::contains).count();
        assertThat(shared).isGreaterThan(1000);
        assertThat(column(csv(VISITS, 100, 7, QueryHints.NONE), 8))
                .allMatch(code -> UnifiedSocialCreditCode.reasonOf(code, rules) == null);
    }

    @Test
    void write_declaredCodes_areTheOnlyValues() throws Exception {
        assertThat(new HashSet<>(column(csv(PERSONS, 500, 7, QueryHints.NONE), 2)))
                .isSubsetOf("大理", "丽江", "");
    }

    @Test
    void write_hints_areMetByMostUnits_inEveryTable() throws Exception {
        QueryHints.Column town = new QueryHints.Column("persons", "town");
        QueryHints.Column day = new QueryHints.Column("visits", "day");
        QueryHints hints =
                new QueryHints(List.of(Map.of(town, List.of("丽江"), day, List.of("2031-02-03"))), Set.of(), List.of());
        Map<String, String> towns = columns(csv(PERSONS, 4000, 7, hints), 0, 2);
        Map<String, String> days = columns(csv(VISITS, 4000, 7, hints), 1, 3);
        long both = towns.keySet().stream()
                .filter(id -> "丽江".equals(towns.get(id)) && "2031-02-03".equals(days.get(id)))
                .count();
        assertThat(both)
                .isGreaterThan(towns.keySet().stream().filter(days::containsKey).count() / 2);
    }

    @Test
    void write_hintThatNoIngestWouldTake_isNotFollowed() throws Exception {
        QueryHints.Column town = new QueryHints.Column("persons", "town");
        QueryHints hints = new QueryHints(List.of(Map.of(town, List.of("火星"))), Set.of(), List.of());
        assertThat(csv(PERSONS, 500, 7, hints)).doesNotContain("火星");
    }

    @Test
    void write_joinedColumns_areEqualForAUnit() throws Exception {
        DummyDataset other =
                new DummyDataset("other", "people", "id_no", List.of(id("id_no"), text("gender")), Optional.empty());
        QueryHints hints = new QueryHints(
                List.of(Map.of()),
                Set.of(),
                List.of(List.of(new QueryHints.Column("persons", "sex"), new QueryHints.Column("other", "gender"))));
        Map<String, String> sexes = columns(csv(PERSONS, 1000, 7, hints), 0, 1);
        Map<String, String> genders = columns(csv(other, 1000, 7, hints), 0, 1);
        Set<String> both = new HashSet<>(sexes.keySet());
        both.retainAll(genders.keySet());
        // The label is named after the column that it is made for; its number is what the draw decides.
        assertThat(both).hasSizeGreaterThan(300).allMatch(id -> sexes.get(id).equals(genders.get(id)));
    }

    @Test
    void write_profile_itsSharesAndBandsAreFollowed() throws Exception {
        DummyDataset profiled = new DummyDataset(
                PERSONS.id(),
                PERSONS.family(),
                PERSONS.unitColumn(),
                PERSONS.attributes(),
                Optional.of(new ProtectedProfile(
                        10,
                        1,
                        1,
                        List.of(Band.range("2", "3", 100)),
                        Map.of(
                                "sex", List.of(Band.of("男", 70), Band.of("女", 25), Band.missing(5)),
                                "age", List.of(Band.range("20", "50", 100))))));
        String csv = csv(profiled, 10_000, 7, QueryHints.NONE);
        Map<String, Long> sexes = column(csv, 1).stream().collect(Collectors.groupingBy(s -> s, Collectors.counting()));
        assertThat(sexes).containsOnlyKeys("男", "女", "");
        assertThat(sexes.get("男")).isBetween(6_700L, 7_300L);
        assertThat(column(csv, 3)).allMatch(age -> Integer.parseInt(age) >= 20 && Integer.parseInt(age) < 50);
        assertThat(new HashSet<>(column(csv, 0))).hasSize(5_000);
    }

    @Test
    void open_otherFile_saysHowToMakeOne(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("x.zip"), "no zip");
        assertThatThrownBy(() -> DummyPackage.open(file)).hasMessageContaining("yunyu dummy --agreement");
    }

    private static String csv(DummyDataset dataset, long rows, long seed, QueryHints hints) throws Exception {
        StringWriter out = new StringWriter();
        new DummyTable(dataset, seed, hints).write(rows, out);
        return out.toString();
    }

    private static List<String> column(String csv, int index) {
        return csv.lines().skip(1).map(line -> line.split(",", -1)[index]).toList();
    }

    private static Map<String, String> columns(String csv, int key, int value) {
        return csv.lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .collect(Collectors.toMap(fields -> fields[key], fields -> fields[value], (a, b) -> b));
    }

    private static AttributeSpec id(String name) {
        return identified(name, "CITIZEN_ID");
    }

    private static AttributeSpec uscc(String name) {
        return identified(name, "USCC");
    }

    private static AttributeSpec identified(String name, String kind) {
        return new AttributeSpec(
                name, "STRING", AttributeRole.DIRECT_IDENTIFIER, 3, Optional.of(kind), true, name, name);
    }

    private static AttributeSpec text(String name) {
        return of(name, "STRING");
    }

    private static AttributeSpec of(String name, String type) {
        return of(name, type, AttributeRole.QUASI_IDENTIFIER);
    }

    private static AttributeSpec of(String name, String type, AttributeRole role) {
        return new AttributeSpec(name, type, role, 2, Optional.empty(), false, name, name);
    }
}
