package io.yunyu.engine.guard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Guard records as bytes: a version, then fields in order, texts and value sets once each, deflated. */
final class RecordBytes {
    private static final int VERSION = 5;
    /** Without what publications are about. */
    private static final int WITHOUT_REGIONS = 4;
    /** Without publications and data elements. */
    private static final int WITHOUT_PUBLICATIONS = 3;
    /** Without the numbers of repeated and exposed values. */
    private static final int WITHOUT_NUMBERS = 2;

    private static final int NONE = 0;
    private static final int WHOLE = 1;
    private static final int TEXT = 2;

    private RecordBytes() {}

    static byte[] write(GuardRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            new Writer(out).record(record);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written to.", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalStateException if the bytes are no record */
    static GuardRecord read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            return new Reader(in).record();
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new IllegalStateException(
                    "A record of the differencing guard cannot be read; another version may have written it.");
        }
    }

    private static final class Writer {
        private final DataOutputStream out;
        private final Map<Object, Integer> pool = new HashMap<>();

        Writer(DataOutputStream out) {
            this.out = out;
        }

        void record(GuardRecord record) throws IOException {
            out.writeByte(VERSION);
            out.writeUTF(record.job());
            out.writeUTF(record.assignee());
            out.writeLong(record.day());
            sketch(record.groups());
            out.writeBoolean(record.refused());
            out.writeLong(record.withheld());
            out.writeLong(record.repeated());
            out.writeLong(record.exposed());
            out.writeInt(record.cells().size());
            for (ReleasedCell cell : record.cells()) {
                cell(cell);
            }
            out.writeBoolean(record.element());
            out.writeBoolean(record.publication().isPresent());
            if (record.publication().isPresent()) {
                publication(record.publication().get());
            }
        }

        private void publication(PublishedTable table) throws IOException {
            text(table.source());
            region(table.about());
            texts(table.measures());
            out.writeInt(table.sets().size());
            for (List<String> set : table.sets()) {
                texts(set);
            }
            out.writeInt(table.minUnits());
            out.writeInt(table.pPercent());
            texts(table.published());
        }

        private void texts(Collection<String> texts) throws IOException {
            out.writeInt(texts.size());
            for (String text : texts) {
                text(text);
            }
        }

        private void region(Region region) throws IOException {
            out.writeInt(region.boxes().size());
            for (Box box : region.boxes()) {
                out.writeInt(box.columns().size());
                for (Map.Entry<String, ValueSet> column : box.columns().entrySet()) {
                    text(column.getKey());
                    values(column.getValue());
                }
            }
        }

        private void cell(ReleasedCell cell) throws IOException {
            region(cell.region());
            out.writeLong(cell.units());
            out.writeInt(cell.values().size());
            for (ReleasedCell.Value value : cell.values()) {
                text(value.aspect());
                sketch(value.contributors());
                sketch(value.sketch());
                out.writeDouble(value.published());
            }
        }

        private boolean known(Object item) throws IOException {
            Integer at = pool.get(item);
            out.writeInt(at == null ? -1 : at);
            if (at == null) {
                pool.put(item, pool.size());
            }
            return at != null;
        }

        private void text(String text) throws IOException {
            if (!known(text)) {
                out.writeUTF(text);
            }
        }

        private void values(ValueSet values) throws IOException {
            if (!known(values)) {
                out.writeBoolean(values.withMissing());
                out.writeInt(values.spans().size());
                for (ValueSet.Span span : values.spans()) {
                    bound(span.from());
                    bound(span.until());
                }
            }
        }

        private void bound(@Nullable Comparable<?> bound) throws IOException {
            if (bound instanceof Long n) {
                out.writeByte(WHOLE);
                out.writeLong(n);
            } else if (bound != null) {
                out.writeByte(TEXT);
                out.writeUTF(bound.toString());
            } else {
                out.writeByte(NONE);
            }
        }

        private void sketch(SetSketch sketch) throws IOException {
            out.writeLong(sketch.elements());
            out.writeLong(sketch.fingerprint());
            out.writeLong(sketch.parity0());
            out.writeLong(sketch.parity1());
            out.writeLong(sketch.parity2());
        }
    }

    private static final class Reader {
        private final DataInputStream in;
        private final Map<Integer, Object> pool = new LinkedHashMap<>();

        Reader(DataInputStream in) {
            this.in = in;
        }

        GuardRecord record() throws IOException {
            int version = in.readByte();
            if (version < WITHOUT_NUMBERS || version > VERSION) {
                throw new IOException("version");
            }
            String job = in.readUTF();
            String assignee = in.readUTF();
            long day = in.readLong();
            SetSketch groups = sketch();
            boolean refused = in.readBoolean();
            long withheld = in.readLong();
            long repeated = version == WITHOUT_NUMBERS ? 0 : in.readLong();
            long exposed = version == WITHOUT_NUMBERS ? 0 : in.readLong();
            int size = in.readInt();
            List<ReleasedCell> cells = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                cells.add(cell());
            }
            boolean published = version > WITHOUT_PUBLICATIONS;
            boolean element = published && in.readBoolean();
            Optional<PublishedTable> publication =
                    published && in.readBoolean() ? Optional.of(publication(version)) : Optional.empty();
            return new GuardRecord(
                    job, assignee, day, groups, refused, withheld, repeated, exposed, cells, publication, element);
        }

        private PublishedTable publication(int version) throws IOException {
            String source = text();
            // What an old record is about is not known: perhaps everything.
            Region about = version > WITHOUT_REGIONS ? region() : Region.EVERYTHING;
            List<String> measures = texts();
            Set<List<String>> sets = new HashSet<>();
            for (int s = in.readInt(); s > 0; s--) {
                sets.add(texts());
            }
            return new PublishedTable(
                    source, about, measures, sets, in.readInt(), in.readInt(), new HashSet<>(texts()));
        }

        private List<String> texts() throws IOException {
            List<String> texts = new ArrayList<>();
            for (int t = in.readInt(); t > 0; t--) {
                texts.add(text());
            }
            return texts;
        }

        private Region region() throws IOException {
            List<Box> boxes = new ArrayList<>();
            for (int b = in.readInt(); b > 0; b--) {
                SortedMap<String, ValueSet> columns = new TreeMap<>();
                for (int c = in.readInt(); c > 0; c--) {
                    String column = text();
                    columns.put(column, values());
                }
                boxes.add(new Box(columns));
            }
            return new Region(boxes);
        }

        private ReleasedCell cell() throws IOException {
            Region region = region();
            long units = in.readLong();
            List<ReleasedCell.Value> values = new ArrayList<>();
            for (int v = in.readInt(); v > 0; v--) {
                values.add(new ReleasedCell.Value(text(), sketch(), sketch(), in.readDouble()));
            }
            return new ReleasedCell(region, units, values);
        }

        private String text() throws IOException {
            int at = in.readInt();
            if (at < 0) {
                String text = in.readUTF();
                pool.put(pool.size(), text);
                return text;
            }
            return (String) Objects.requireNonNull(pool.get(at));
        }

        private ValueSet values() throws IOException {
            int at = in.readInt();
            if (at >= 0) {
                return (ValueSet) Objects.requireNonNull(pool.get(at));
            }
            int place = pool.size();
            boolean withMissing = in.readBoolean();
            List<ValueSet.Span> spans = new ArrayList<>();
            for (int s = in.readInt(); s > 0; s--) {
                spans.add(new ValueSet.Span(bound(), bound()));
            }
            ValueSet values = new ValueSet(spans, withMissing);
            pool.put(place, values);
            return values;
        }

        private @Nullable Comparable<?> bound() throws IOException {
            return switch (in.readByte()) {
                case WHOLE -> in.readLong();
                case TEXT -> in.readUTF();
                default -> null;
            };
        }

        private SetSketch sketch() throws IOException {
            return new SetSketch(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }
    }
}
