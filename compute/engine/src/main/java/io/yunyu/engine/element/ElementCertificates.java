package io.yunyu.engine.element;

import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.PassingChange;
import io.yunyu.contract.disclosure.PassingChange.Assurance;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.disclosure.RefusalCertificate.Basis;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of refused requests for data elements: the smallest change of the request that would pass, tried before it
 * is named. Like those of queries (decision 0055) they are a function of the request's text and the grant alone.
 *
 * <p>A finding about a column asks for one edit of that column, and no edit of another takes it away; so the change has no
 * edit too many. Of several edits that take the same finding away the first in a fixed order is named: another role before
 * leaving a column out.
 */
final class ElementCertificates {
    /** A report is one message, which a request with its hierarchies would fill. */
    static final int LONGEST_TEXT = 200_000;

    /** Edits that are tried at most: each reads the whole request, which its author may have made long. */
    static final int MOST_TRIES = 500;

    private static final String NAME = "name";
    private static final String MODELS = "privacyModels";
    private static final String SEARCH = "search";
    /** What may be left out of a specification, of its search, and of an attribute: what costs least first. */
    private static final List<String> OPTIONAL = List.of(
            "sampling", "privacyUnit", "localRecoding", "objective", "riskThreshold", "population", "releaseContext");

    private static final List<String> OF_SEARCH =
            List.of("timeLimitSeconds", "stepLimit", "practicalMonotonicity", "mode");
    private static final List<String> OF_ATTRIBUTE = List.of("minLevel", "maxLevel", "weight", "response");
    private static final String SEED = "deterministicSeed";

    private final AccessGrant grant;
    private int tried;

    private ElementCertificates(AccessGrant grant) {
        this.grant = grant;
    }

    /** Of a refusal that rests on records, or on what was made of the dataset family before: the same whatever they are. */
    static RefusalCertificate ofData() {
        return new RefusalCertificate(Basis.DATA, 0, Optional.empty());
    }

    /** @param request a text that {@link ElementRequest} reads, and refuses */
    static RefusalCertificate ofText(AccessGrant grant, String request) {
        ElementCertificates certificates = new ElementCertificates(grant);
        Optional<PassingChange> change =
                certificates.change(Json.parseObject(request).asMap());
        return new RefusalCertificate(
                Basis.TEXT,
                certificates.tried,
                change.filter(found -> found.sql().length() <= LONGEST_TEXT));
    }

    /** @param change made to a copy of the request */
    private record Edit(String step, Consumer<Map<String, Object>> change) {}

    /** A request after an edit, and what is wrong with it still. */
    private record Tried(Map<String, Object> request, Set<DisclosureFinding> wrong) {}

    private Optional<PassingChange> change(Map<String, Object> request) {
        List<String> steps = new ArrayList<>();
        Tried now = tried(request).orElseThrow();
        while (!now.wrong.isEmpty()) {
            DisclosureFinding first = now.wrong.iterator().next();
            Tried before = now;
            Optional<Tried> next = Optional.empty();
            for (Edit edit : edits(first, before.request)) {
                next = after(edit, before).filter(t -> isBetter(t.wrong, before.wrong, first));
                if (next.isPresent()) {
                    steps.add(edit.step);
                    break;
                }
            }
            if (next.isEmpty()) {
                return Optional.empty();
            }
            now = next.get();
        }
        return Optional.of(new PassingChange(steps, Json.write(now.request), Assurance.POLICY));
    }

    private Optional<Tried> after(Edit edit, Tried before) {
        if (tried == MOST_TRIES) {
            return Optional.empty();
        }
        tried++;
        Map<String, Object> changed = copy(before.request);
        edit.change.accept(changed);
        return tried(changed);
    }

    /** Empty if the text cannot be read as a request, or asks for no column. */
    private Optional<Tried> tried(Map<String, Object> request) {
        if (attributes(request).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Tried(
                    request,
                    ElementRequest.of(grant, Json.write(request)).findings().stream()
                            .filter(DisclosureFinding::blocking)
                            .collect(Collectors.toCollection(LinkedHashSet::new))));
        } catch (ProblemException | JsonException e) {
            return Optional.empty();
        }
    }

    /** Without the finding, and without one that was not there; of what is not supported only the first is ever found. */
    private static boolean isBetter(
            Set<DisclosureFinding> after, Set<DisclosureFinding> before, DisclosureFinding finding) {
        return !after.contains(finding)
                && after.stream()
                        .allMatch(f -> before.contains(f)
                                || f.column().isEmpty() && finding.column().isEmpty());
    }

    private List<Edit> edits(DisclosureFinding finding, Map<String, Object> request) {
        return finding.column().map(column -> ofColumn(column, request)).orElseGet(() -> ofRest(spec(request)));
    }

    private List<Edit> ofColumn(String column, Map<String, Object> request) {
        ElementTerms terms = terms(request);
        List<Edit> edits = new ArrayList<>();
        if (terms.shows(column)) {
            edits.add(role(
                    column,
                    AttributeRole.valueOf(
                            Objects.requireNonNull(terms.columns().get(column)).name())));
            edits.add(role(column, AttributeRole.QUASI_IDENTIFIER));
        }
        terms.columns().keySet().stream()
                .filter(granted -> granted.equalsIgnoreCase(column) && !granted.equals(column))
                .forEach(granted -> edits.add(new Edit(
                        "Write column '" + column + "' as '" + granted + "'.", r -> rename(r, column, granted))));
        edits.add(new Edit("Leave column '" + column + "' out.", r -> {
            attributes(r).removeIf(a -> column.equals(a.get(NAME)));
            dropModels(r, column);
        }));
        return edits;
    }

    private Edit role(String column, AttributeRole role) {
        return new Edit("Give column '" + column + "' the role " + role + ".", r -> {
            attributes(r).stream().filter(a -> column.equals(a.get(NAME))).forEach(a -> a.put("role", role.name()));
            if (role != AttributeRole.SENSITIVE) {
                dropModels(r, column);
            }
        });
    }

    private static void rename(Map<String, Object> request, String from, String to) {
        attributes(request).stream().filter(a -> from.equals(a.get(NAME))).forEach(a -> a.put(NAME, to));
        objects(spec(request), MODELS).stream()
                .filter(m -> from.equals(m.get("attribute")))
                .forEach(m -> m.put("attribute", to));
    }

    /** Models about a column that is sensitive no more; the smallest class is asked for in any case. */
    private void dropModels(Map<String, Object> request, String column) {
        objects(spec(request), MODELS).removeIf(m -> column.equals(m.get("attribute")));
        requireModel(request);
    }

    private void requireModel(Map<String, Object> request) {
        List<Map<String, Object>> models = objects(spec(request), MODELS);
        if (models.isEmpty()) {
            long k = Math.max(
                    terms(request).policy().smallestClass(), grant.protection().minUnits());
            models.add(new LinkedHashMap<>(Map.of("model", "k-anonymity", "k", k)));
        }
    }

    /** What is not supported here is a member of the specification, or a model. */
    private List<Edit> ofRest(Map<String, Object> spec) {
        List<Edit> edits = new ArrayList<>();
        OPTIONAL.stream().filter(spec::containsKey).forEach(member -> edits.add(without(member)));
        if (spec.get(SEARCH) instanceof Map<?, ?> search) {
            OF_SEARCH.stream()
                    .filter(search::containsKey)
                    .forEach(member -> edits.add(new Edit("Leave 'search." + member + "' out.", r -> {
                        ((Map<?, ?>) Objects.requireNonNull(spec(r).get(SEARCH))).remove(member);
                    })));
        }
        List<Map<String, Object>> attributes = objects(spec, "attributes");
        for (int a = 0; a < attributes.size(); a++) {
            int attribute = a;
            OF_ATTRIBUTE.stream()
                    .filter(attributes.get(a)::containsKey)
                    .forEach(member -> edits.add(new Edit(
                            "Leave '" + member + "' of column '"
                                    + attributes.get(attribute).get(NAME) + "' out.",
                            r -> attributes(r).get(attribute).remove(member))));
        }
        List<Map<String, Object>> models = objects(spec, MODELS);
        for (int m = 0; m < models.size(); m++) {
            int model = m;
            if (models.get(m).containsKey(SEED)) {
                edits.add(new Edit(
                        "Leave '" + SEED + "' out.",
                        r -> objects(spec(r), MODELS).get(model).remove(SEED)));
            }
            if (grant.privacy().isPresent()
                    && "differential-privacy".equals(models.get(m).get("model"))) {
                // Nothing passes without it.
                continue;
            }
            edits.add(new Edit("Leave the model " + models.get(m).get("model") + " out.", r -> {
                objects(spec(r), MODELS).remove(model);
                requireModel(r);
            }));
        }
        if (spec.containsKey(SEARCH)) {
            edits.add(without(SEARCH));
        }
        return edits;
    }

    private static Edit without(String member) {
        return new Edit("Leave '" + member + "' out.", r -> spec(r).remove(member));
    }

    private ElementTerms terms(Map<String, Object> request) {
        return grant.table(String.valueOf(request.get("dataset")))
                .flatMap(GrantedTable::element)
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> spec(Map<String, Object> request) {
        return (Map<String, Object>) Objects.requireNonNull(request.get("spec"));
    }

    private static List<Map<String, Object>> attributes(Map<String, Object> request) {
        return objects(spec(request), "attributes");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> objects(Map<String, Object> json, String member) {
        return (List<Map<String, Object>>) Objects.requireNonNull(json.get(member));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> copy(Map<String, Object> json) {
        return (Map<String, Object>) Objects.requireNonNull(copyOf(json));
    }

    private static @Nullable Object copyOf(@Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, value) -> copy.put(String.valueOf(name), copyOf(value)));
            return copy;
        } else if (json instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(copyOf(item)));
            return copy;
        }
        return json;
    }
}
