package io.yunyu.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.engine.session.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that other rules than the platform's would have to read. Their logs are written by hand. */
class TableFilesTest {
    private static final String PLAIN = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}";
    private static final String ADDED = "\"path\":\"part-0.parquet\",\"partitionValues\":{%s},\"size\":10,"
            + "\"modificationTime\":0,\"dataChange\":true";

    @TempDir
    Path table;

    @Test
    void read_plainTable_listsItsFile() throws IOException {
        write(PLAIN, "", ADDED.formatted(""));
        assertThat(TableFiles.read(SharedSession.spark(), table, 0).inputFiles())
                .singleElement()
                .asString()
                .endsWith("/part-0.parquet");
    }

    @Test
    void read_partitionedTable_isRefused() throws IOException {
        write(PLAIN, "\"town\"", ADDED.formatted("\"town\":\"Dali\""));
        assertThatThrownBy(() -> TableFiles.read(SharedSession.spark(), table, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A table with partitions was not written by this platform.");
    }

    /** Read by the list of files alone, the records that it marks as deleted would be there again. */
    @Test
    void read_tableWithDeletionVector_isRefused() throws IOException {
        write(
                "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"deletionVectors\"],"
                        + "\"writerFeatures\":[\"deletionVectors\"]}}",
                "",
                ADDED.formatted("") + ",\"deletionVector\":{\"storageType\":\"i\",\"pathOrInlineDv\":"
                        + "\"wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L\",\"sizeInBytes\":40,\"cardinality\":6}");
        assertThatThrownBy(() -> TableFiles.read(SharedSession.spark(), table, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A table with deletion vectors was not written by this platform.");
    }

    private void write(String protocol, String partitions, String added) throws IOException {
        String schema =
                "{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[{\\\"name\\\":\\\"town\\\",\\\"type\\\":\\\"string\\\","
                        + "\\\"nullable\\\":true,\\\"metadata\\\":{}}]}";
        Files.writeString(
                Files.createDirectories(table.resolve("_delta_log")).resolve("00000000000000000000.json"),
                protocol
                        + "\n{\"metaData\":{\"id\":\"t\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":\""
                        + schema + "\",\"partitionColumns\":[" + partitions
                        + "],\"configuration\":{},\"createdTime\":0}}\n{\"add\":{" + added + "}}\n");
    }
}
