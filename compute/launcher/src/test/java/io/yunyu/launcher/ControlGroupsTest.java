package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a directory that looks as a delegated group does. */
@NullUnmarked
class ControlGroupsTest {
    @TempDir
    Path tree;

    private Path own;

    private void delegated(String controllers) throws IOException {
        own = Files.createDirectories(tree.resolve("user.slice/yunyu.service"));
        Files.writeString(own.resolve("cgroup.controllers"), controllers + "\n");
        Files.writeString(own.resolve("cgroup.subtree_control"), "");
        Files.writeString(own.resolve("cgroup.procs"), "");
        Files.writeString(
                tree.resolve("mountinfo"), "30 20 0:26 / " + tree + " rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n");
        Files.writeString(tree.resolve("cgroup"), "1:cpu:/\n0::/user.slice/yunyu.service\n");
    }

    private java.util.Optional<ControlGroups> find() {
        return ControlGroups.find(tree.resolve("mountinfo"), tree.resolve("cgroup"));
    }

    @Test
    void find_withoutMemoryController_isEmpty() throws IOException {
        delegated("cpu pids");
        assertThat(find()).isEmpty();
    }

    @Test
    void find_withoutCgroup2_isEmpty() throws IOException {
        delegated("memory pids");
        Files.writeString(tree.resolve("mountinfo"), "30 20 0:26 / /x rw - cgroup cgroup rw,memory\n");
        assertThat(find()).isEmpty();
    }

    @Test
    void create_delegated_setsLimits() throws IOException {
        delegated("cpu memory pids");
        EngineLimits limits = EngineLimits.forHeap(256);
        ControlGroups groups = find().orElseThrow().prepare();
        assertThat(own.resolve("supervisor")).isDirectory();
        assertThat(own.resolve("cgroup.subtree_control")).hasContent("+memory +pids +cpu");
        Path group = groups.create(limits);
        assertThat(group).hasParent(own);
        assertThat(group.resolve("memory.max")).hasContent(Long.toString(limits.residentBytes()));
        assertThat(group.resolve("pids.max")).hasContent("520");
    }

    @Test
    void prepare_withoutProcessorController_asksForTheOthersOnly() throws IOException {
        delegated("memory pids");
        find().orElseThrow().prepare();
        assertThat(own.resolve("cgroup.subtree_control")).hasContent("+memory +pids");
    }

    /** A group as the kernel makes it: what its controllers have is there and says that nothing is limited. */
    @ParameterizedTest
    @CsvSource({"1, 100000 100000", "2, 200000 100000", "32, 3200000 100000"})
    void limit_groupWithAllFiles_holdsProcessorsSwapAndAllProcessesTogether(int processors, String quota)
            throws IOException {
        for (String name : List.of("memory.max", "pids.max", "cpu.max", "memory.swap.max", "memory.oom.group")) {
            Files.writeString(tree.resolve(name), "max");
        }
        EngineLimits limits =
                EngineLimits.forHeap(64).withProcessors(processors).withThreads(40);
        ControlGroups.limit(tree, limits);
        assertThat(tree.resolve("cpu.max")).hasContent(quota);
        assertThat(tree.resolve("pids.max")).hasContent("48");
        assertThat(tree.resolve("memory.max")).hasContent(Long.toString(limits.residentBytes()));
        assertThat(tree.resolve("memory.swap.max")).hasContent("0");
        assertThat(tree.resolve("memory.oom.group")).hasContent("1");
    }

    @Test
    void limit_groupWithoutProcessorController_isLimitedInTheRest() throws IOException {
        ControlGroups.limit(tree, EngineLimits.forHeap(64));
        assertThat(tree.resolve("cpu.max")).doesNotExist();
        assertThat(tree.resolve("memory.max")).exists();
    }

    @ParameterizedTest
    @CsvSource({"oom_kill 1, true", "oom_kill 0, false", "oom 3, false", "oom_kill 12, true"})
    void isOutOfMemory_byTheGroupsOwnCount(String line, boolean expected) throws IOException {
        Files.writeString(tree.resolve("memory.events"), "low 0\nmax 40\n" + line + "\noom_group_kill 0\n");
        assertThat(ControlGroups.isOutOfMemory(tree)).isEqualTo(expected);
    }

    @Test
    void isOutOfMemory_groupThatIsGone_isFalse() {
        assertThat(ControlGroups.isOutOfMemory(tree.resolve("gone"))).isFalse();
    }

    @Test
    void find_fromTheSupervisorGroup_isItsParent() throws IOException {
        delegated("memory pids");
        find().orElseThrow().prepare();
        Files.writeString(tree.resolve("cgroup"), "0::/user.slice/yunyu.service/supervisor\n");
        assertThat(find().orElseThrow().create(EngineLimits.forHeap(64))).hasParent(own);
    }
}
