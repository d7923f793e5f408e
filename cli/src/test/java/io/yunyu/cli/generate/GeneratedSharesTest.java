package io.yunyu.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Shares of a fixed world within bands around what was aimed at. */
class GeneratedSharesTest {
    private static final GeneratorSettings SETTINGS = GeneratorSettings.of(100_000, 7, false);

    @Test
    void popBase_shares_followTheCensus() {
        GeneratedCsv people = GeneratedCsv.of(SETTINGS, Table.POP_BASE);
        assertThat(people.share("sex", "男")).isBetween(0.515, 0.519);
        assertThat(people.share("ethnic", "汉族")).isBetween(0.66, 0.68);
        assertThat(people.share("ethnic", "彝族")).isBetween(0.10, 0.115);
        assertThat(people.share("hukou_area", "530100")).isBetween(0.179, 0.18);
        assertThat(people.share("hukou_area", "533400")).isBetween(0.0081, 0.0083);
        assertThat(ageShare(people, age -> age < 15)).isBetween(0.194, 0.197);
        assertThat(ageShare(people, age -> age >= 60)).isBetween(0.148, 0.15);
        double perHousehold =
                people.rows.size() / (double) people.values("household_id").size();
        assertThat(perHousehold).isBetween(2.8, 2.96);
        double moved = people.rows.stream()
                        .filter(row -> !people.value(row, "hukou_area").equals(people.value(row, "reside_area")))
                        .count()
                / 100_000.0;
        assertThat(moved).isBetween(0.019, 0.026);
    }

    @Test
    void popBase_dulong_areFewAndMostlyInNujiang() {
        GeneratedCsv people = GeneratedCsv.of(SETTINGS, Table.POP_BASE);
        long all = people.rows.stream()
                .filter(row -> people.value(row, "ethnic").equals("独龙族"))
                .count();
        long inNujiang = people.rows.stream()
                .filter(row -> people.value(row, "ethnic").equals("独龙族"))
                .filter(row -> people.value(row, "hukou_area").equals("533300"))
                .count();
        assertThat(all).isBetween(5L, 30L);
        assertThat(inNujiang).isGreaterThan(all / 2);
    }

    @Test
    void medOutpatient_visitsAndFees_followTheirModel() {
        GeneratedCsv visits = GeneratedCsv.of(SETTINGS, Table.MED_OUTPATIENT);
        double mean = visits.rows.size() / 100_000.0;
        Map<String, Integer> perPerson = new HashMap<>();
        visits.rows.forEach(row -> perPerson.merge(visits.value(row, "id_no"), 1, Integer::sum));
        double squares =
                perPerson.values().stream().mapToDouble(n -> (double) n * n).sum();
        double variance = squares / 100_000 - mean * mean;
        double fee = visits.rows.stream()
                .mapToDouble(row -> Double.parseDouble(visits.value(row, "fee_total")))
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(2.45, 2.55);
        assertThat(variance).as("far above a Poisson's").isBetween(6.0, 8.5);
        assertThat(fee).isBetween(352.0, 372.0);
        assertThat(weekdayShare(visits, DayOfWeek.MONDAY)).isGreaterThan(1.6 * weekdayShare(visits, DayOfWeek.SUNDAY));
        assertThat(monthShare(visits, "01")).isGreaterThan(1.3 * monthShare(visits, "07"));
        assertThat(visits.share("icd10", "G12.2")).as("a rare diagnosis").isBetween(1e-6, 1e-4);
    }

    @Test
    void siPay_base_isHeapedAtTheLowerLimit() {
        GeneratedCsv payments = GeneratedCsv.of(SETTINGS, Table.SI_PAY);
        assertThat(payments.share("aae180", "4255.20")).isBetween(0.33, 0.37);
        assertThat(payments.share("status", "欠缴")).isBetween(0.03, 0.08);
        assertThat(payments.values("aae003")).containsExactlyInAnyOrder("202510", "202511", "202512");
    }

    @Test
    void legalBase_kindsAndStaff_followTheirModel() {
        GeneratedCsv firms = GeneratedCsv.of(SETTINGS, Table.LEGAL_BASE);
        assertThat(firms.share("industry", "批发和零售业")).isBetween(0.43, 0.47);
        assertThat(firms.share("type", "个体工商户")).isBetween(0.74, 0.78);
        assertThat(firms.share("status", "存续")).isBetween(0.82, 0.87);
        assertThat(firms.rows)
                .allSatisfy(row -> assertThat(firms.value(row, "name")).contains("（合成）"));
        int largest = firms.rows.stream()
                .mapToInt(row -> Integer.parseInt(firms.value(row, "staff")))
                .max()
                .orElseThrow();
        assertThat(largest).isBetween(100, 2_000);
    }

    private static double ageShare(GeneratedCsv people, Predicate<Integer> test) {
        return people.rows.stream()
                        .map(row -> 2025
                                - Integer.parseInt(
                                        people.value(row, "birth_date").substring(0, 4)))
                        .filter(test)
                        .count()
                / (double) people.rows.size();
    }

    private static double weekdayShare(GeneratedCsv visits, DayOfWeek day) {
        return visits.rows.stream()
                        .filter(row ->
                                LocalDate.parse(visits.value(row, "visit_date")).getDayOfWeek() == day)
                        .count()
                / (double) visits.rows.size();
    }

    private static double monthShare(GeneratedCsv visits, String month) {
        return visits.rows.stream()
                        .filter(row -> visits.value(row, "visit_date").startsWith("2025-" + month))
                        .count()
                / (double) visits.rows.size();
    }
}
