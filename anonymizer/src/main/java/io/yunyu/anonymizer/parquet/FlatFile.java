package io.yunyu.anonymizer.parquet;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData.EncryptionType;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** A Parquet file read column by column. Apart from {@link ParquetTables}, so that this and its libraries load for Parquet only. */
final class FlatFile {
    private FlatFile() {}

    static MicrodataTable read(String name, Path file) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new PageCodecs())
                .usePageChecksumVerification(true)
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            FileMetaData metadata = reader.getFileMetaData();
            if (metadata.getEncryptionType() != EncryptionType.UNENCRYPTED) {
                throw encryptedColumns(name);
            }
            MessageType schema = metadata.getSchema();
            List<ColumnText> columns = new ArrayList<>();
            schema.getFields().forEach(field -> columns.add(ColumnText.of(name, field)));
            if (reader.getRecordCount() > Integer.MAX_VALUE) {
                throw new InputException(name + " has more than " + Integer.MAX_VALUE + " rows; use Spark for it.");
            }
            PageReadStore rows = reader.readNextRowGroup();
            for (; rows != null; rows = reader.readNextRowGroup()) {
                ColumnReadStoreImpl store =
                        new ColumnReadStoreImpl(rows, new DictionaryIds(), schema, metadata.getCreatedBy());
                for (int i = 0; i < columns.size(); i++) {
                    append(columns.get(i), store, schema.getColumns().get(i), rows.getRowCount());
                }
            }
            return MicrodataTable.of(columns.stream().map(ColumnText::build).toList());
        } catch (ParquetCryptoRuntimeException e) {
            throw encryptedColumns(name);
        }
    }

    private static InputException encryptedColumns(String name) {
        return new InputException(name + " holds encrypted columns; their keys are not for this command.");
    }

    private static void append(ColumnText column, ColumnReadStoreImpl store, ColumnDescriptor descriptor, long rows)
            throws IOException {
        ColumnReader reader = store.getColumnReader(descriptor);
        if (reader.getTotalValueCount() != rows) {
            throw new IOException("A column has another number of values than its row group has rows.");
        }
        column.beginChunk();
        int defined = descriptor.getMaxDefinitionLevel();
        for (long row = 0; row < rows; row++) {
            if (reader.getCurrentDefinitionLevel() == defined) {
                column.add(reader);
            } else {
                column.addNull();
            }
            reader.consume();
        }
    }

    /** Nothing is converted; but columns say by which entry of their dictionary a value is given. */
    private static final class DictionaryIds extends GroupConverter {
        private final Converter column = new PrimitiveConverter() {
            @Override
            public boolean hasDictionarySupport() {
                return true;
            }

            @Override
            public void setDictionary(Dictionary dictionary) {}
        };

        @Override
        public Converter getConverter(int field) {
            return column;
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
