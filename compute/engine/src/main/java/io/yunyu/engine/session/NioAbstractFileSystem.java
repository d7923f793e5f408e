package io.yunyu.engine.session;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/** {@link NioRawFileSystem} for callers of Hadoop's FileContext, Delta's log among them. */
public final class NioAbstractFileSystem extends DelegateToFileSystem {
    public NioAbstractFileSystem(URI uri, Configuration configuration) throws IOException, URISyntaxException {
        super(uri, new NioRawFileSystem(), configuration, "file", false);
    }

    @Override
    public int getUriDefaultPort() {
        return -1;
    }
}
