package io.yunyu.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.guard.GuardChain;
import io.yunyu.contract.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GuardMemoryTest {
    private static final String FAMILY = "persons";
    private final MemoryGuard guard = new MemoryGuard();

    @Test
    void open_whatWasReserved_isReadBack() {
        GuardRecord first = record("job-1", 3);
        GuardRecord large = record("job-2", 30_000);
        open().reserve(first);
        open().reserve(large);
        assertThat(open().records()).containsExactly(first, large);
        assertThat(guard.chain(FAMILY)).hasSizeGreaterThan(2).allSatisfy(e -> assertThat(e.length)
                .isLessThanOrEqualTo(GuardChain.MAX_ENTRY_BYTES));
    }

    /** What earlier versions of the platform wrote stays readable: a family's memory is for ever. */
    @Test
    void read_recordOfVersion2_hasNoNumbersOfRepeatedValues() throws Exception {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (java.io.DataOutputStream out =
                new java.io.DataOutputStream(new java.util.zip.DeflaterOutputStream(bytes))) {
            out.writeByte(2);
            out.writeUTF("job-1");
            out.writeUTF("developer");
            out.writeLong(20_000);
            for (int i = 0; i < 5; i++) {
                out.writeLong(0);
            }
            out.writeBoolean(false);
            out.writeLong(7);
            out.writeInt(0);
        }
        assertThat(RecordBytes.read(bytes.toByteArray()))
                .isEqualTo(new GuardRecord("job-1", "developer", 20_000, SetSketch.EMPTY, false, 7, 0, 0, List.of()));
    }

    /** Before it was kept what a publication is about: it may be about everything. */
    @Test
    void read_publicationOfVersion4_isAboutEverything() throws Exception {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (java.io.DataOutputStream out =
                new java.io.DataOutputStream(new java.util.zip.DeflaterOutputStream(bytes))) {
            out.writeByte(4);
            out.writeUTF("job-1");
            out.writeUTF("developer");
            out.writeLong(20_000);
            for (int i = 0; i < 5; i++) {
                out.writeLong(0);
            }
            out.writeBoolean(false);
            for (int i = 0; i < 3; i++) {
                out.writeLong(0);
            }
            out.writeInt(0);
            out.writeBoolean(false);
            out.writeBoolean(true);
            out.writeInt(-1);
            out.writeUTF("sha256:1");
            out.writeInt(1);
            out.writeInt(-1);
            out.writeUTF("rows");
            out.writeInt(1);
            out.writeInt(0);
            out.writeInt(10);
            out.writeInt(15);
            out.writeInt(1);
            // The text pool has "sha256:1" and "rows"; this cell is named as the source.
            out.writeInt(0);
        }
        assertThat(RecordBytes.read(bytes.toByteArray()).publication())
                .contains(new PublishedTable(
                        "sha256:1", Region.EVERYTHING, List.of("rows"), Set.of(List.of()), 10, 15, Set.of("sha256:1")));
    }

    @Test
    void reserve_publicationAndElement_areReadAsTheyWere() {
        GuardRecord publication = GuardRecord.of(
                "job-1",
                "developer",
                20_000,
                new PublishedTable(
                        "sha256:1",
                        Region.between("d.day", 3L, 8L)
                                .or(Region.missing("d.a"))
                                .orElseThrow(),
                        List.of("rows", "rows"),
                        Set.of(List.of("a", "b"), List.of()),
                        10,
                        15,
                        Set.of(PublishedTable.cell(List.of("a=1")), PublishedTable.cell(List.of()))));
        open().reserve(publication);
        open().reserve(GuardRecord.ofElement("job-2", "developer", 20_001));
        assertThat(open().records()).first().isEqualTo(publication);
        assertThat(open().records().get(1).element()).isTrue();
        assertThat(open().hasPublication()).isTrue();
        assertThat(PublishedTable.cell(List.of("a=1", "b=2")))
                .isEqualTo(PublishedTable.cell(List.of("b=2", "a=1")))
                .isNotEqualTo(PublishedTable.cell(List.of("a=14:b=2")));
    }

    @ParameterizedTest
    @MethodSource
    void open_chainTamperedWith_isRefused(String how, Consumer<List<byte[]>> tamper) {
        for (int i = 0; i < 4; i++) {
            open().reserve(record("job-" + i, 2));
        }
        open();
        tamper.accept(guard.chain(FAMILY));
        assertThatThrownBy(this::open)
                .as(how)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("family");
    }

    static Stream<Arguments> open_chainTamperedWith_isRefused() {
        return Stream.of(
                tamper("drop the last", chain -> chain.remove(3)),
                tamper("drop the first", chain -> chain.remove(0)),
                tamper("drop all", List::clear),
                tamper("swap two", chain -> Collections.swap(chain, 1, 2)),
                tamper("change a byte", chain -> chain.get(2)[20] ^= 1),
                tamper("repeat one", chain -> chain.add(chain.get(3))));
    }

    @Test
    void entries_anyRecord_showNothingOfIt() {
        open().reserve(record("job-secret-name", 50));
        String sealed = new String(guard.chain(FAMILY).get(0), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(sealed).doesNotContain("job-secret", "label-", "developer");
    }

    private GuardMemory open() {
        return GuardMemory.open(FAMILY, guard.guardKey(FAMILY), guard);
    }

    private static Arguments tamper(String how, Consumer<List<byte[]>> what) {
        return Arguments.of(how, what);
    }

    static GuardRecord record(String job, int cells) {
        java.util.SplittableRandom random = new java.util.SplittableRandom(job.hashCode());
        List<ReleasedCell> all = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            SetSketch sketch =
                    new SetSketch(10 + i, random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
            Region region = Region.label("d.a", "label-" + i)
                    .and(Region.between("d.b", (long) i, null))
                    .orElseThrow();
            all.add(new ReleasedCell(
                    region,
                    10 + i,
                    List.of(
                            new ReleasedCell.Value("units", sketch, sketch, i),
                            new ReleasedCell.Value("sum:d.c", sketch, sketch, i / 3.0))));
        }
        return new GuardRecord(job, "developer", 20_000, SetSketch.EMPTY.plus(1), false, 2, 3, 1, all);
    }
}
