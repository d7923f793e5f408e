package io.yunyu.anonymizer.mondrian;

import java.io.Serializable;
import java.util.Arrays;

/** How a part of the tuples is divided: a function of a tuple's ranks, so that whoever evaluates it gets the same parts. */
sealed interface Cut extends Serializable {
    /** Number of parts, at least 2. */
    int parts();

    /** The part of a tuple, from 0. */
    int partOf(TupleRanks tuple);

    /** Between two values of an ordered dimension. @param rank last one of the lower part */
    record Between(int dimension, int rank) implements Cut {
        @Override
        public int parts() {
            return 2;
        }

        @Override
        public int partOf(TupleRanks tuple) {
            return tuple.rank(dimension) <= rank ? 0 : 1;
        }
    }

    /**
     * Through the tuples of one value of an ordered dimension: those up to a last one, compared in their other dimensions
     * from the first on, go to the lower part.
     *
     * @param rank the value
     * @param last ranks of the last tuple of the lower part that has the value
     */
    record Through(int dimension, int rank, int[] last) implements Cut {
        @Override
        public int parts() {
            return 2;
        }

        @Override
        public int partOf(TupleRanks tuple) {
            int own = tuple.rank(dimension);
            if (own != rank) {
                return own < rank ? 0 : 1;
            }
            for (int i = 0; i < last.length; i++) {
                int found = tuple.rank(i);
                if (found != last[i]) {
                    return found < last[i] ? 0 : 1;
                }
            }
            return 0;
        }
    }

    /**
     * Along the children of a node of a hierarchy.
     *
     * @param starts first rank of each child, ascending
     * @param partOfChild part of each child; several may share one
     */
    record Along(int dimension, int[] starts, int[] partOfChild, int parts) implements Cut {
        @Override
        public int partOf(TupleRanks tuple) {
            int found = Arrays.binarySearch(starts, tuple.rank(dimension));
            return partOfChild[found >= 0 ? found : -found - 2];
        }
    }
}
