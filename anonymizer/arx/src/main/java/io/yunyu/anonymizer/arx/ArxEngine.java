package io.yunyu.anonymizer.arx;

import io.yunyu.anonymizer.AnonymizationEngine;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import java.io.IOException;
import org.deidentifier.arx.ARXAnonymizer;
import org.deidentifier.arx.ARXConfiguration;
import org.deidentifier.arx.ARXResult;

/** Real ARX behind the anonymizer's command. */
public final class ArxEngine implements AnonymizationEngine {
    @Override
    public String name() {
        return "arx";
    }

    @Override
    public Answer anonymize(MicrodataTable table, AnonymizationSpec spec) {
        try {
            ArxInput input = new ArxInput(table, spec);
            ARXConfiguration configuration =
                    ARXConfiguration.create(spec.suppressionLimit().fraction(), ArxMeasures.of(spec.objective()));
            new ArxModels(input, spec).addTo(configuration);
            ArxSearch.set(configuration, spec);
            ARXResult result = new ARXAnonymizer().anonymize(input.data(), configuration);
            return new ArxAnswer(table, spec, result);
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException e) {
            // ARX throws all kinds, and names values in some of its messages.
            throw new InputException(
                    "ARX refuses the specification (" + e.getClass().getSimpleName() + " in " + where(e) + ").", e);
        } catch (IOException e) {
            throw new InputException("ARX cannot read the input.", e);
        }
    }

    private static String where(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "ARX" : trace[0].getClassName() + "." + trace[0].getMethodName();
    }
}
