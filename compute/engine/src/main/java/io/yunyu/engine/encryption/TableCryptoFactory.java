package io.yunyu.engine.encryption;

import io.yunyu.engine.channel.KeyAccessDenied;
import io.yunyu.engine.channel.TableKeys;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.crypto.ColumnEncryptionProperties;
import org.apache.parquet.crypto.DecryptionPropertiesFactory;
import org.apache.parquet.crypto.EncryptionPropertiesFactory;
import org.apache.parquet.crypto.FileDecryptionProperties;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.crypto.ParquetCipher;
import org.apache.parquet.hadoop.api.WriteSupport.WriteContext;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.jspecify.annotations.Nullable;

/**
 * Parquet modular encryption by path: the keys of a file are those of the table whose directory it lies in, see
 * {@link Keyring}. Footers are encrypted; each column has its own data key; files of the Delta log have one.
 *
 * <p>Writing outside every registered table is refused, so that no setting or option that gets lost on the way can
 * leave a plain file behind. Reading there is plain Parquet: that is how a provider's own file comes in. Inside a
 * registered table a plain file is refused.
 */
public final class TableCryptoFactory implements EncryptionPropertiesFactory, DecryptionPropertiesFactory {
    @Override
    public FileEncryptionProperties getFileEncryptionProperties(Configuration conf, Path file, WriteContext context) {
        Keyring.TableEntry table = Keyring.find(file)
                .orElseThrow(() -> new KeyAccessDenied(
                        "A Parquet file was to be written outside every registered table. Nothing was written."));
        TableKeys keys = table.writing()
                .orElseThrow(() -> new KeyAccessDenied(
                        "Dataset '" + table.dataset() + "' is open for reading only. Nothing was written."));
        return Keyring.isLog(file) ? logFile(table, keys) : dataFile(table, keys, context);
    }

    @Override
    public @Nullable FileDecryptionProperties getFileDecryptionProperties(Configuration conf, @Nullable Path file) {
        // Parquet asks without a path where it already has the footer, and with it the keys if there are any.
        Optional<Keyring.TableEntry> table = file == null ? Optional.empty() : Keyring.find(file);
        if (table.isEmpty()) {
            return null;
        }
        return FileDecryptionProperties.builder()
                .withKeyRetriever(metadata -> table.get().keyFor(KeyMetadata.parse(metadata)))
                .withAADPrefix(aadPrefix(table.get()))
                .build();
    }

    private static FileEncryptionProperties logFile(Keyring.TableEntry table, TableKeys keys) {
        return builder(table, keys, ColumnNames.LOG).build();
    }

    private static FileEncryptionProperties dataFile(Keyring.TableEntry table, TableKeys keys, WriteContext context) {
        Map<ColumnPath, ColumnEncryptionProperties> columns = new HashMap<>();
        for (ColumnDescriptor descriptor : context.getSchema().getColumns()) {
            ColumnPath path = ColumnPath.get(descriptor.getPath());
            String column = ColumnNames.declared(descriptor.getPath()[0]);
            columns.put(
                    path,
                    ColumnEncryptionProperties.builder(path)
                            .withKey(key(table, keys, column))
                            .withKeyMetaData(metadata(table, keys, column))
                            .build());
        }
        return builder(table, keys, ColumnNames.FOOTER)
                .withEncryptedColumns(columns)
                .build();
    }

    private static FileEncryptionProperties.Builder builder(
            Keyring.TableEntry table, TableKeys keys, String footerColumn) {
        return FileEncryptionProperties.builder(key(table, keys, footerColumn))
                .withFooterKeyMetadata(metadata(table, keys, footerColumn))
                .withAlgorithm(ParquetCipher.AES_GCM_V1)
                .withAADPrefix(aadPrefix(table))
                .withoutAADPrefixStorage();
    }

    /** Binds a file to its dataset; the reader must know it, for it is not in the file. */
    private static byte[] aadPrefix(Keyring.TableEntry table) {
        return ("yunyu/table/1 " + table.dataset()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] key(Keyring.TableEntry table, TableKeys keys, String column) {
        byte[] key = keys.keys().get(column);
        if (key == null) {
            throw new KeyAccessDenied(
                    "Column '" + column + "' of dataset '" + table.dataset() + "' has no key. Nothing was written.");
        }
        return key.clone();
    }

    private static byte[] metadata(Keyring.TableEntry table, TableKeys keys, String column) {
        String wrapped = keys.wrapped().get(column);
        if (wrapped == null) {
            throw new KeyAccessDenied("Column '" + column + "' of dataset '" + table.dataset()
                    + "' has no wrapped key. Nothing was written.");
        }
        return new KeyMetadata(table.dataset(), column, wrapped).toBytes();
    }
}
