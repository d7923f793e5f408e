package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void find_fromTheSupervisorGroup_isItsParent() throws IOException {
        delegated("memory pids");
        find().orElseThrow().prepare();
        Files.writeString(tree.resolve("cgroup"), "0::/user.slice/yunyu.service/supervisor\n");
        assertThat(find().orElseThrow().create(EngineLimits.forHeap(64))).hasParent(own);
    }
}
