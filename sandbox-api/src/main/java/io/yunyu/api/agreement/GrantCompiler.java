package io.yunyu.api.agreement;

import io.yunyu.api.catalog.CatalogEntry;
import io.yunyu.api.identity.OrganizationKind;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compiles agreements to grants, on the catalog as it stands. What the law keeps from a developer is refused here, so
 * that no grant for it can exist: a primary developer works on what is not 不予开放 (第三十八条), a secondary developer on
 * data elements (第三十九条).
 */
public final class GrantCompiler {
    private final RuleSet rules;

    public GrantCompiler(RuleSet rules) {
        this.rules = rules;
    }

    /**
     * The grant.
     *
     * @param assignee what the assignee is
     * @param catalog current entry by dataset id
     * @throws ProblemException if the agreement asks for what cannot be granted; says which dataset, column, and way out
     */
    public AccessGrant compile(
            Agreement agreement, OrganizationKind assignee, Function<String, Optional<CatalogEntry>> catalog) {
        if (agreement.minUnits() < rules.minUnitsFloor()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "The agreement's minUnits is " + agreement.minUnits() + "; rule set " + rules.policyVersion()
                            + " allows no less than " + rules.minUnitsFloor() + ". Raise it.");
        }
        List<GrantedTable> tables = agreement.permissions().stream()
                .map(permission -> table(agreement, assignee, permission, catalog))
                .toList();
        int grade = agreement.permissions().stream()
                .mapToInt(permission ->
                        grade(permission, catalog.apply(permission.target()).orElseThrow()))
                .max()
                .orElse(1);
        PrivacyClauseCheck.require(agreement, tables, catalog, rules.privacyBudget());
        String digest = ContentDigest.of(agreement.toText());
        return new AccessGrant(
                "grant-" + agreement.uid(),
                agreement.uid(),
                digest,
                agreement.assignee(),
                agreement.purpose(),
                agreement.validFrom(),
                agreement.validUntil(),
                rules.forGrade(grade, agreement.minUnits()),
                tables,
                agreement.privacy());
    }

    private static GrantedTable table(
            Agreement agreement,
            OrganizationKind assignee,
            Permission permission,
            Function<String, Optional<CatalogEntry>> catalog) {
        CatalogEntry entry = catalog.apply(permission.target())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.BAD_REQUEST,
                        "There is no dataset '" + shown(permission.target()) + "'. Name one of the catalog."));
        if (!entry.provider().equals(agreement.assigner())) {
            throw new ProblemException(
                    ProblemCode.NOT_ALLOWED,
                    "The assigner does not provide dataset '" + entry.id() + "'. Agree with its provider.");
        }
        if (!entry.providerKey().equals(agreement.assignerKey())) {
            throw new ProblemException(
                    ProblemCode.KEY_REFUSED,
                    "Dataset '" + entry.id() + "' is pinned to another key of its provider, and the vault would give no"
                            + " column to this one. Sign the agreement with the key that the dataset was ordered with.");
        }
        checkOpen(assignee, entry);
        checkColumns(permission, entry);
        checkElement(assignee, permission, entry);
        return new GrantedTable(
                entry.id(),
                entry.id(),
                entry.tableVersion(),
                entry.family(),
                entry.unitColumn(),
                entry.attributes().stream()
                        .map(a -> new GrantedColumn(a.name(), a.type(), permission.usesOf(a.name()), a.domain()))
                        .toList(),
                permission.element());
    }

    private static void checkOpen(OrganizationKind assignee, CatalogEntry entry) {
        if (entry.openAttribute().equals(CatalogEntry.NOT_OPEN)) {
            throw new ProblemException(
                    ProblemCode.NOT_OPEN,
                    "Dataset '" + entry.id() + "' is 不予开放 and may not be developed (第三十八条). The way out is"
                            + " 第三十二条第二款: reclassify it on record after de-identification, or with the consent of those"
                            + " concerned, and order it again with another openAttribute.");
        }
        if (assignee == OrganizationKind.SECONDARY_DEVELOPER && !entry.kind().equals(CatalogEntry.ELEMENT)) {
            throw new ProblemException(
                    ProblemCode.NOT_OPEN,
                    "Dataset '" + entry.id() + "' holds original records; a secondary developer works on data elements"
                            + " only (第三十九条). Ask for an element that primary development made.");
        }
        if (!assignee.isDeveloper()) {
            throw new ProblemException(
                    ProblemCode.NOT_ALLOWED, "The assignee is no developer; only developers get access to compute.");
        }
    }

    private static void checkElement(OrganizationKind assignee, Permission permission, CatalogEntry entry) {
        if (permission.element().isEmpty()) {
            return;
        }
        if (assignee != OrganizationKind.PRIMARY_DEVELOPER) {
            throw new ProblemException(
                    ProblemCode.NOT_ALLOWED,
                    "Data elements are made by primary developers (第三十八条). Agree on queries with this assignee.");
        }
        permission.element().get().columns().forEach((name, role) -> {
            AttributeSpec column = entry.attribute(name)
                    .orElseThrow(() -> new ProblemException(
                            ProblemCode.COLUMN_MISSING,
                            "Dataset '" + entry.id() + "' has no column '" + shown(name)
                                    + "'. Take names from the catalog, in their case."));
            if (column.role() == AttributeRole.DIRECT_IDENTIFIER || name.equals(entry.unitColumn())) {
                throw new ProblemException(
                        ProblemCode.NOT_ALLOWED,
                        "Column '" + name + "' of dataset '" + entry.id()
                                + "' identifies persons and cannot be in a data element. Leave it out of 'element'.");
            }
            if (column.role().ordinal() < role.ordinal()) {
                throw new ProblemException(
                        ProblemCode.BAD_REQUEST,
                        "The catalog has column '" + name + "' of dataset '" + entry.id() + "' as " + column.role()
                                + "; a data element can protect it more, not less. Agree on that role.");
            }
        });
    }

    private static void checkColumns(Permission permission, CatalogEntry entry) {
        permission.columns().forEach((name, uses) -> {
            AttributeSpec column = entry.attribute(name)
                    .orElseThrow(() -> new ProblemException(
                            ProblemCode.COLUMN_MISSING,
                            "Dataset '" + entry.id() + "' has no column '" + shown(name)
                                    + "'. Take names from the catalog, in their case."));
            if (uses.contains(ColumnUse.MEASURE) && !column.isNumeric()) {
                throw new ProblemException(
                        ProblemCode.BAD_REQUEST,
                        "Column '" + name + "' of dataset '" + entry.id() + "' is " + column.type()
                                + "; only numeric columns can be measures. Grant another use.");
            }
        });
    }

    private static int grade(Permission permission, CatalogEntry entry) {
        return entry.attributes().stream()
                .filter(a -> permission.opens(a.name()))
                .mapToInt(AttributeSpec::grade)
                .max()
                .orElse(1);
    }

    private static String shown(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}_. -]", "?");
        return plain.length() <= 64 ? plain : plain.substring(0, 64) + "…";
    }
}
