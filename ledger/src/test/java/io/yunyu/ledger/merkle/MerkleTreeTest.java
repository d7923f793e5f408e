package io.yunyu.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.merkle.ConsistencyProof;
import io.yunyu.contract.merkle.MerkleHashing;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static final int LARGEST = 130;

    /** Leaves and roots of the test tree of the Certificate Transparency reference implementation. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void compactRange_atAnySizeFromStoredSubtrees_isTheOneThatGrewThere() {
        NaiveTree tree = new NaiveTree();
        CompactRange grown = new CompactRange();
        for (int size = 0; size < 70; size++) {
            CompactRange loaded = CompactRange.at(size, tree);
            assertThat(loaded.root()).isEqualTo(grown.root());
            byte[] leaf = MerkleHashing.leaf(new byte[] {(byte) size});
            loaded.append(leaf);
            tree.append(leaf);
            grown.append(leaf);
            assertThat(loaded.root()).isEqualTo(grown.root()).isEqualTo(tree.root(size + 1));
        }
    }

    @Test
    void root_referenceTree_matchesPublishedHashes() {
        CompactRange range = new CompactRange();
        assertThat(hex(range.root())).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (int i = 0; i < LEAVES.size(); i++) {
            range.append(MerkleHashing.leaf(HexFormat.of().parseHex(LEAVES.get(i))));
            assertThat(hex(range.root())).as("size %d", i + 1).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void proofs_everyIndexAndSize_equalDefinitionAndHold() {
        NaiveTree tree = tree();
        for (int size = 1; size <= LARGEST; size++) {
            byte[] root = tree.root(size);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = InclusionProof.of(index, size, tree);
                assertThat(hex(proof.path())).isEqualTo(hex(tree.inclusion(index, size)));
                assertThat(proof.holds(tree.hash(0, index), root)).isTrue();
            }
            for (int from = 0; from <= size; from++) {
                ConsistencyProof proof = new TreeRanges(tree).consistencyProof(from, size);
                assertThat(hex(proof.path())).isEqualTo(hex(tree.consistency(from, size)));
                assertThat(proof.holds(tree.root(from), root)).isTrue();
            }
        }
    }

    @Test
    void compactRange_everySize_hasRootAndReportsCompleteSubtrees() {
        NaiveTree tree = tree();
        CompactRange range = new CompactRange();
        for (int size = 0; size <= LARGEST; size++) {
            assertThat(range.root()).isEqualTo(tree.root(size));
            assertThat(new TreeRanges(tree).root(size)).isEqualTo(tree.root(size));
            if (size < LARGEST) {
                range.append(tree.hash(0, size), (level, index, hash) -> assertThat(hash)
                        .isEqualTo(tree.hash(level, index)));
            }
        }
    }

    @Test
    void inclusion_otherLeafIndexSizeOrRoot_doesNotHold() {
        NaiveTree tree = tree();
        for (int size = 1; size <= 40; size++) {
            byte[] root = tree.root(size);
            for (int index = 0; index < size; index++) {
                List<byte[]> path = InclusionProof.of(index, size, tree).path();
                for (int other = 0; other < 40; other++) {
                    if (other != index && other < size) {
                        assertThat(new InclusionProof(other, size, path).holds(tree.hash(0, index), root))
                                .isFalse();
                        assertThat(new InclusionProof(index, size, path).holds(tree.hash(0, other), root))
                                .isFalse();
                    }
                    if (other + 1 != size) {
                        assertThat(new InclusionProof(index, size, path)
                                        .holds(tree.hash(0, index), tree.root(other + 1)))
                                .isFalse();
                    }
                }
                InclusionProof proof = new InclusionProof(index, size, path);
                byte[] leaf = tree.hash(0, index);
                refusesChangedPaths(
                        path, changed -> new InclusionProof(proof.index(), proof.size(), changed).holds(leaf, root));
            }
        }
    }

    @Test
    void consistency_otherRootsOrPath_doesNotHold() {
        NaiveTree tree = tree();
        for (int to = 1; to <= 40; to++) {
            for (int from = 1; from <= to; from++) {
                List<byte[]> path =
                        new TreeRanges(tree).consistencyProof(from, to).path();
                byte[] earlier = tree.root(from);
                byte[] later = tree.root(to);
                for (int other = 1; other <= 40; other++) {
                    ConsistencyProof proof = new ConsistencyProof(from, to, path);
                    assertThat(proof.holds(tree.root(other), later)).isEqualTo(other == from);
                    assertThat(proof.holds(earlier, tree.root(other))).isEqualTo(other == to);
                    if (other <= to && other != from) {
                        assertThat(new ConsistencyProof(other, to, path).holds(earlier, later))
                                .isFalse();
                    }
                }
                int size = to;
                int start = from;
                refusesChangedPaths(path, changed -> new ConsistencyProof(start, size, changed).holds(earlier, later));
            }
        }
    }

    @Test
    void consistency_changedLeaf_doesNotHold() {
        NaiveTree honest = tree();
        NaiveTree forged = new NaiveTree();
        for (int i = 0; i < LARGEST; i++) {
            forged.append(honest.hash(0, i == 2 ? 3 : i));
        }
        assertThat(new TreeRanges(forged).consistencyProof(60, 100).holds(honest.root(60), forged.root(100)))
                .isFalse();
    }

    private static void refusesChangedPaths(List<byte[]> path, java.util.function.Predicate<List<byte[]>> holds) {
        List<byte[]> longer = new ArrayList<>(path);
        longer.add(new byte[32]);
        assertThat(holds.test(longer)).isFalse();
        for (int i = 0; i < path.size(); i++) {
            List<byte[]> flipped = new ArrayList<>(path);
            byte[] hash = flipped.get(i).clone();
            hash[i] ^= 1;
            flipped.set(i, hash);
            assertThat(holds.test(flipped)).isFalse();
            List<byte[]> shorter = new ArrayList<>(path);
            shorter.remove(i);
            assertThat(holds.test(shorter)).isFalse();
        }
    }

    private static NaiveTree tree() {
        NaiveTree tree = new NaiveTree();
        for (int i = 0; i < LARGEST; i++) {
            tree.append(MerkleHashing.leaf(new byte[] {(byte) i}));
        }
        return tree;
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(MerkleTreeTest::hex).toList();
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
