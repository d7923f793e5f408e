package io.yunyu.system.egress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds many byte strings in one pass (Aho and Corasick 1975). */
final class ByteSearch {
    private static final int BYTES = 256;

    private final List<int[]> next = new ArrayList<>();
    private final List<@Nullable Set<String>> names = new ArrayList<>();

    ByteSearch(Collection<Planted> values) {
        state();
        for (Planted value : values) {
            for (Map.Entry<String, byte[]> form : Forms.of(value.text()).entrySet()) {
                add(value.label() + ", " + form.getKey(), form.getValue());
            }
        }
        link();
    }

    private int state() {
        int[] none = new int[BYTES];
        Arrays.fill(none, -1);
        next.add(none);
        names.add(null);
        return next.size() - 1;
    }

    private void add(String name, byte[] pattern) {
        int at = 0;
        for (byte b : pattern) {
            int to = next.get(at)[b & 0xff];
            if (to < 0) {
                to = state();
                next.get(at)[b & 0xff] = to;
            }
            at = to;
        }
        name(at).add(name);
    }

    private Set<String> name(int state) {
        Set<String> known = names.get(state);
        if (known == null) {
            known = new LinkedHashSet<>();
            names.set(state, known);
        }
        return known;
    }

    /** Where a state has no way on, the longest suffix of what was read has. */
    private void link() {
        int[] suffix = new int[next.size()];
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(0));
        while (!queue.isEmpty()) {
            int at = queue.remove();
            Set<String> inherited = names.get(suffix[at]);
            if (at != 0 && inherited != null) {
                name(at).addAll(inherited);
            }
            for (int b = 0; b < BYTES; b++) {
                int fallback = at == 0 ? 0 : next.get(suffix[at])[b];
                int to = next.get(at)[b];
                if (to < 0) {
                    next.get(at)[b] = fallback;
                } else {
                    suffix[to] = fallback;
                    queue.add(to);
                }
            }
        }
    }

    /** Names of what is in the bytes. */
    Set<String> in(byte[] bytes) {
        Set<String> found = new TreeSet<>();
        read(0, bytes, bytes.length, found);
        return found;
    }

    /** Goes on from a state, 0 at first, over the next piece of a longer text. @return the state after it */
    int read(int state, byte[] bytes, int length, Set<String> found) {
        int at = state;
        for (int i = 0; i < length; i++) {
            at = next.get(at)[bytes[i] & 0xff];
            Set<String> here = names.get(at);
            if (here != null) {
                found.addAll(here);
            }
        }
        return at;
    }
}
