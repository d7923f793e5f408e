package io.yunyu.anonymizer.parquet;

import com.github.luben.zstd.Zstd;
import io.yunyu.anonymizer.data.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Unpacks pages without Hadoop's codecs. */
final class PageCodecs implements CompressionCodecFactory {
    /** Greatest unpacked page: a damaged file must not take the memory. Writers aim at one megabyte. */
    private static final int MAX_PAGE_BYTES = 256 << 20;

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Unpacker(codec);
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("Parquet is only read here.");
    }

    @Override
    public void release() {}

    private record Unpacker(CompressionCodecName codec) implements CompressionCodecFactory.BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int size) throws IOException {
            if (codec == CompressionCodecName.UNCOMPRESSED) {
                return packed;
            }
            if (size < 0 || size > MAX_PAGE_BYTES) {
                throw new IOException("A page is larger than " + MAX_PAGE_BYTES + " bytes.");
            }
            return BytesInput.from(unpacked(packed.toByteArray(), size));
        }

        private byte[] unpacked(byte[] packed, int size) throws IOException {
            byte[] page = new byte[size];
            long length =
                    switch (codec) {
                        case SNAPPY -> {
                            if (Snappy.uncompressedLength(packed) != size) {
                                throw new IOException("A page has another length than its header says.");
                            }
                            yield Snappy.uncompress(packed, 0, packed.length, page, 0);
                        }
                        case ZSTD -> Zstd.decompress(page, packed);
                        case GZIP -> {
                            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                                yield in.readNBytes(page, 0, size);
                            }
                        }
                        default ->
                            throw new InputException("Parquet pages packed with " + codec
                                    + " cannot be read here; use snappy, zstd, gzip or none.");
                    };
            if (length != size) {
                throw new IOException("A page has another length than its header says.");
            }
            return page;
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer unpacked, int size) throws IOException {
            byte[] bytes = new byte[packedSize];
            packed.get(bytes);
            unpacked.put(decompress(BytesInput.from(bytes), size).toByteArray());
        }

        @Override
        public void release() {}
    }
}
