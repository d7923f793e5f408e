package io.yunyu.engine.element;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.spark.PrivateRelease;
import io.yunyu.anonymizer.spark.SparkAnonymizer;
import io.yunyu.anonymizer.spark.SparkRecords.Trait;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a developer asks for, held against the agreement before anything is read. Where the specification and the agreement
 * differ, the stricter one wins.
 *
 * @param table the table that is de-identified
 * @param terms what the agreement says of elements of it
 * @param spec the specification, its smallest class raised to the agreement's
 * @param release how it is made under a privacy clause; absent without one, and where it is refused
 * @param findings blocking ones refuse the request
 */
record ElementRequest(
        GrantedTable table,
        ElementTerms terms,
        AnonymizationSpec spec,
        int smallestClass,
        Optional<PrivateRelease> release,
        List<DisclosureFinding> findings) {

    /** @throws ProblemException if there is no such dataset in the grant, or the specification cannot be read */
    static ElementRequest of(AccessGrant grant, String text) {
        JsonObject json = Json.parseObject(text).onlyMembers(Set.of("dataset", "spec"));
        GrantedTable table = grant.table(json.string("dataset"))
                .filter(granted -> granted.element().isPresent())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.QUERY_REFUSED,
                        "The agreement permits no data element of this dataset. Name another, or have the provider agree to"
                                + " 'element' terms for it."));
        ElementTerms terms = table.element().orElseThrow();
        AnonymizationSpec spec = parsed(json.object("spec"));
        int smallest =
                Math.max(terms.policy().smallestClass(), grant.protection().minUnits());
        List<DisclosureFinding> findings = new ArrayList<>();
        for (AttributeSpec attribute : spec.attributes()) {
            checkRole(terms, attribute, grant, findings);
        }
        int asked = 0;
        List<PrivacyModel> models = new ArrayList<>();
        for (PrivacyModel model : spec.privacyModels()) {
            if (model instanceof KAnonymity k) {
                asked = k.k();
            } else {
                models.add(model);
            }
        }
        boolean isPrivate = DifferentialPrivacy.among(models).isPresent();
        if (asked < smallest && !isPrivate) {
            findings.add(finding(
                    "smallest-class",
                    Optional.empty(),
                    grant,
                    "Classes of " + smallest + " persons are needed (policy " + terms.policy()
                            + "); the specification asks for " + asked + ". The stricter one was taken.",
                    false));
        }
        models.add(0, new KAnonymity(Math.max(asked, smallest)));
        AnonymizationSpec stricter = spec.withPrivacyModels(models);
        Optional<PrivateRelease> release = Optional.empty();
        if (grant.privacy().isPresent() || isPrivate) {
            release = PrivateElement.release(stricter, grant, findings);
        } else {
            checkSupported(stricter, table, grant, findings);
        }
        return new ElementRequest(table, terms, stricter, Math.max(asked, smallest), release, List.copyOf(findings));
    }

    /** Names what cannot be done here and the way out: nothing was read yet, so that the reason says nothing of records. */
    private static void checkSupported(
            AnonymizationSpec spec, GrantedTable table, AccessGrant grant, List<DisclosureFinding> findings) {
        try {
            SparkAnonymizer.requireSupported(
                    spec,
                    table.unitColumn().equals(GrantedTable.ROW_UNIT)
                            ? Set.of(Trait.DRAWN_BY_KEY)
                            : Set.of(Trait.DRAWN_BY_KEY, Trait.COUNT_PERSONS));
            spec.requireProtective();
        } catch (InputException e) {
            findings.add(finding("not-supported", Optional.empty(), grant, String.valueOf(e.getMessage()), true));
        }
    }

    boolean isRefused() {
        return findings.stream().anyMatch(DisclosureFinding::blocking);
    }

    /** Columns that are read and released, in the order of the specification. */
    List<String> columns() {
        return spec.attributes().stream().map(AttributeSpec::name).toList();
    }

    private static AnonymizationSpec parsed(JsonObject json) {
        try {
            return AnonymizationSpec.parseWithoutFiles(json);
        } catch (InputException e) {
            // Nothing was read yet: the text speaks of the specification only.
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static void checkRole(
            ElementTerms terms, AttributeSpec attribute, AccessGrant grant, List<DisclosureFinding> findings) {
        Optional<String> column = Optional.of(attribute.name());
        if (attribute.role() == AttributeRole.DIRECT_IDENTIFIER) {
            findings.add(finding(
                    "direct-identifier",
                    column,
                    grant,
                    "A data element holds no direct identifier. Leave it out.",
                    true));
        } else if (!terms.shows(attribute.name())) {
            findings.add(finding(
                    "column-not-granted",
                    column,
                    grant,
                    "The agreement does not permit this column in a data element. Leave it out.",
                    true));
        } else if (!terms.allows(attribute.name(), agreedRole(attribute.role()))) {
            findings.add(finding(
                    "role-too-weak",
                    column,
                    grant,
                    "The agreement has this column as " + terms.columns().get(attribute.name())
                            + ". Give it this role.",
                    true));
        }
    }

    private static io.yunyu.contract.job.AttributeRole agreedRole(AttributeRole role) {
        return io.yunyu.contract.job.AttributeRole.valueOf(role.name());
    }

    static DisclosureFinding finding(
            String rule, Optional<String> column, AccessGrant grant, String suggestion, boolean blocking) {
        return new DisclosureFinding(
                rule, column, Optional.empty(), "agreement " + grant.agreement() + ", 第三十二条第二款", suggestion, blocking);
    }
}
