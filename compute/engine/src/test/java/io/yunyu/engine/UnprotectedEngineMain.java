package io.yunyu.engine;

import io.yunyu.engine.cluster.ClusterMember;
import io.yunyu.engine.session.UnprotectedCluster;
import java.nio.file.Path;

/** {@link EngineMain} as the driver of a cluster without protection. */
public final class UnprotectedEngineMain {
    private UnprotectedEngineMain() {}

    public static void main(String[] arguments) {
        ClusterMember member = ClusterMember.read(
                Path.of(System.getProperty("yunyu.engine.cluster")),
                System.getProperty("yunyu.engine.master"),
                System.getProperty("yunyu.engine.host"));
        EngineMain.run(scratch -> UnprotectedCluster.start(member, scratch));
    }
}
