package io.yunyu.api.catalog;

import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What an order of kind {@code ELEMENT} may load: a data element of the register, as it was released and no more open than
 * its policy allows. So every version of a dataset of this kind has on record how it was de-identified and assessed
 * (第三十二条第二款), and whoever may work on elements only (第三十九条) never works on anything else.
 */
@Component
class ElementOrders {
    private static final String UNCONDITIONAL = "UNCONDITIONAL";

    private final DataElements elements;

    ElementOrders(DataElements elements) {
        this.elements = elements;
    }

    /**
     * The element that the order loads; empty if it loads original records.
     *
     * @throws ProblemException if the order is of this kind and differs from the register
     */
    Optional<DataElement> require(IngestOrder order) {
        if (!order.kind().equals(CatalogEntry.ELEMENT)) {
            return Optional.empty();
        }
        DataElement element = registered(order).orElseThrow(() -> differs("source"));
        Map<String, Boolean> same = new LinkedHashMap<>();
        same.put("attributes", order.attributes().equals(element.attributes()));
        same.put("unitColumn", order.unitColumn().equals(GrantedTable.ROW_UNIT));
        same.put("family", order.family().equals(order.dataset()));
        same.put("replace", order.replace());
        same.put("allowSyntheticRegions", order.allowSyntheticRegions() == element.synthetic());
        same.forEach((member, holds) -> {
            if (!holds) {
                throw differs(member);
            }
        });
        if (order.openAttribute().equals(UNCONDITIONAL)
                && !element.policy().equals(ElementTerms.Policy.PUBLIC.name())) {
            throw new ProblemException(
                    ProblemCode.NOT_OPEN,
                    "A data element made under policy " + element.policy()
                            + " may not be opened to everyone; one made under PUBLIC may. Order it as CONDITIONAL.");
        }
        return Optional.of(element);
    }

    /** The element that an order of this kind names. */
    Optional<DataElement> named(IngestOrder order) {
        return order.kind().equals(CatalogEntry.ELEMENT) ? registered(order) : Optional.empty();
    }

    /** @throws ProblemException if what was loaded is not what was released */
    static void requireReleased(DataElement element, IngestReport report) {
        if (!report.batchDigest().equals(element.contentDigest())) {
            throw new ProblemException(
                    ProblemCode.INTERNAL,
                    "What was loaded is not the registered data element; it does not enter the catalog.");
        }
    }

    private Optional<DataElement> registered(IngestOrder order) {
        return order.source() instanceof Source.Csv csv && csv.delimiter().equals(",")
                ? DataElement.releaseOf(csv.file()).flatMap(elements::find).filter(element -> element.provider()
                        .equals(order.provider()))
                : Optional.empty();
    }

    private static ProblemException differs(String member) {
        return new ProblemException(
                ProblemCode.BAD_REQUEST,
                "Member '" + member
                        + "' of the order is not that of a registered data element. An order of kind ELEMENT"
                        + " loads one as it was released (第三十二条第二款); 'yunyu element RELEASE --load DATASET' writes it.");
    }
}
