package io.yunyu.engine.cluster;

import io.yunyu.engine.encryption.Keyring;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/** The channel for keys on a cluster without protection, where {@link KeyPlugin} would refuse to open it. */
public final class UncheckedKeyPlugin implements SparkPlugin {
    @Override
    public DriverPlugin driverPlugin() {
        return new KeyPlugin().driverPlugin();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> settings) {
                Keyring.askElsewhere(new KeyPlugin.FromDriver(context));
            }
        };
    }
}
