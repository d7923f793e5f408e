package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.MicrodataTable;
import java.util.Map;

/**
 * Another program that answers a specification, so that its answer can be laid beside ours. Found on the class path as a
 * {@link java.util.ServiceLoader service}; the default build has none.
 */
public interface AnonymizationEngine {
    /** What {@code --engine} calls it. */
    String name();

    /**
     * @throws io.yunyu.anonymizer.data.InputException if the specification does not fit the table, or asks for what the
     *     engine cannot do
     */
    Answer anonymize(MicrodataTable table, AnonymizationSpec spec);

    /** What an engine found. */
    interface Answer {
        /** Members of the report, as its schema has them; what the engine does not know is left out. */
        Map<String, Object> report();

        /** Members that the report for the owner of the original records has besides, or in place of others. */
        Map<String, Object> ownersMembers();

        /** Hands out the released records in input order, a cell per column; only if the report says solved. */
        void forEachReleasedRow(AnonymizationResult.RowSink sink) throws java.io.IOException;
    }
}
