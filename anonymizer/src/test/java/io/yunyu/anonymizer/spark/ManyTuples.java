package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.AnonymizationReport;
import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Small tables of persons whose distinct tuples are nevertheless too many: the limit is lower still. */
final class ManyTuples {
    /** Fewer than the 48 tuples; as many as there are classes once a is generalized. */
    static final int FEW = 24;

    private ManyTuples() {}

    /** Most persons have several records, in one class or in several. */
    static MicrodataTable table(Random random, int persons) {
        List<List<String>> columns =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<List<String>> rows = new ArrayList<>();
        for (int person = 0; person < persons; person++) {
            int a = random.nextInt(12);
            for (int record = 0; record <= random.nextInt(5); record++) {
                int moved = random.nextInt(3) == 0 ? random.nextInt(12) : a / 2 * 2 + random.nextInt(2);
                rows.add(List.of(
                        "a" + moved,
                        "b" + Math.min(random.nextInt(4), random.nextInt(4)),
                        "s" + random.nextInt(3),
                        String.valueOf(person - 20)));
            }
        }
        Collections.shuffle(rows, random);
        rows.forEach(row -> IntStream.range(0, 4).forEach(i -> columns.get(i).add(row.get(i))));
        List<String> header = List.of("a", "b", "s", "person");
        return MicrodataTable.of(IntStream.range(0, 4)
                .mapToObj(i -> Column.of(header.get(i), columns.get(i)))
                .toList());
    }

    /** a in the levels 1 to 3, b in 0 and 1; s where a model names it. */
    static AnonymizationSpec spec(String models, String more) {
        return spec(models, more, Path.of(""));
    }

    static AnonymizationSpec spec(String models, String more, Path folder) {
        List<String> rows = new ArrayList<>();
        for (int value = 0; value < 12; value++) {
            rows.add("['a" + value + "','g" + value / 2 + "','h" + value / 4 + "','*']");
        }
        String json = "{'attributes':[{'name':'a','role':'QUASI_IDENTIFIER','minLevel':1"
                + ",'hierarchy':{'rows':[" + String.join(",", rows) + "]}},{'name':'b','role':'QUASI_IDENTIFIER'"
                + ",'hierarchy':{'rows':[['b0','*'],['b1','*'],['b2','*'],['b3','*']]}}"
                + (models.contains("'s'") ? ",{'name':'s','role':'SENSITIVE'}" : "") + "],'privacyModels':[" + models
                + "]" + (more.contains("suppressionLimit") ? "" : ",'suppressionLimit':0.3") + more + "}";
        return AnonymizationSpec.parse(Json.parseObject(json.replace('\'', '"')), folder);
    }

    static Map<String, Object> report(AnonymizationResult result) {
        return Json.parseObject(AnonymizationReport.of(result).toJson()).asMap();
    }

    /** Without what needs the tuples themselves, and how the search went. */
    static Map<String, Object> compared(AnonymizationResult result) {
        Map<String, Object> report = new HashMap<>(report(result));
        report.keySet().removeAll(Set.of("attributeRisks", "quasiIdentifierRanking", "search"));
        return report;
    }

    static List<String> released(AnonymizationResult core) throws IOException {
        List<String> rows = new ArrayList<>();
        core.forEachReleasedRow(cells -> rows.add(String.join(";", cells.subList(0, 3))));
        rows.sort(null);
        return rows;
    }

    static List<String> released(SparkAnonymization found) {
        return found.release().collectAsList().stream()
                .map(row -> row.getString(0) + ";" + row.getString(1) + ";" + row.getString(2))
                .sorted()
                .toList();
    }
}
