package io.yunyu.cli.demo;

import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What a demo computes on: orders that load it, what the agreement permits on it, and the query. */
interface DemoData {
    /** Makes the source files below the inbox, if they are not there; runs beside the start of the server. */
    void prepare(Path inbox) throws IOException;

    /** More directories that the installation may ingest from. */
    List<Path> inboxes();

    /** One order per dataset, to be signed by the provider. */
    List<IngestOrder> orders(String provider, String providerKey);

    /** Ids of the datasets that the orders load and the agreement permits. */
    List<String> datasets();

    /** What the agreement permits. @param dataset looks up a catalog entry by id */
    List<Permission> permissions(Function<String, JsonObject> dataset);

    String query();

    /** A file from whose records the demo takes values to search for in the table's bytes. */
    Path evidenceSource();
}
