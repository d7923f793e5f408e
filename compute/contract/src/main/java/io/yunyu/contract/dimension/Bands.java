package io.yunyu.contract.dimension;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A fixed lattice of cut points of a numeric column. A band reaches from a cut point (inclusive) to the next (exclusive);
 * the first and the last are open.
 *
 * @param cuts ascending, at least one
 */
public record Bands(List<BigDecimal> cuts) implements Dimension {
    static final String KIND = "bands";
    private static final int MOST_CUTS = 200;
    private static final int LONGEST = 24;

    public Bands {
        cuts = cuts.stream()
                .map(c -> c.signum() == 0 ? BigDecimal.ZERO : c.stripTrailingZeros())
                .toList();
        if (cuts.isEmpty() || cuts.size() > MOST_CUTS) {
            throw new JsonException("A dimension of bands has 1 to " + MOST_CUTS + " cut points.");
        }
        for (int i = 1; i < cuts.size(); i++) {
            if (cuts.get(i - 1).compareTo(cuts.get(i)) >= 0) {
                throw new JsonException("Cut points of a dimension ascend, and each is listed once.");
            }
        }
    }

    public boolean isCut(BigDecimal value) {
        return cuts.stream().anyMatch(c -> c.compareTo(value) == 0);
    }

    /** Names of the bands, ascending; one more than there are cut points. */
    public List<String> labels() {
        List<String> labels = new ArrayList<>();
        labels.add("(-∞, " + text(cuts.get(0)) + ")");
        for (int i = 1; i < cuts.size(); i++) {
            labels.add("[" + text(cuts.get(i - 1)) + ", " + text(cuts.get(i)) + ")");
        }
        labels.add("[" + text(cuts.get(cuts.size() - 1)) + ", ∞)");
        return labels;
    }

    private static String text(BigDecimal cut) {
        return cut.toPlainString();
    }

    @Override
    public boolean fits(String type) {
        int scale = cuts.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        if (type.startsWith("DECIMAL")) {
            return scale <= Integer.parseInt(type.substring(type.indexOf(',') + 1, type.length() - 1));
        }
        return type.equals("DOUBLE") || type.equals("LONG") && scale <= 0;
    }

    @Override
    public Map<String, Object> toJson() {
        return Json.object("kind", KIND, "cuts", cuts.stream().map(Bands::text).toList());
    }

    static Bands parse(JsonObject json) {
        json.onlyMembers(Set.of("kind", "cuts"));
        List<BigDecimal> cuts = new ArrayList<>();
        for (String cut : json.strings("cuts")) {
            if (cut.length() > LONGEST || !cut.matches("-?[0-9]+(\\.[0-9]+)?")) {
                throw new JsonException("Cut points of a dimension are numbers written as text, such as \"18\".");
            }
            cuts.add(new BigDecimal(cut));
        }
        return new Bands(cuts);
    }
}
