package io.yunyu.engine.session;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;

/** What {@code file:} means in an engine: no child processes, and no {@code .crc} file beside every file. */
public final class NioFileSystem extends LocalFileSystem {
    public NioFileSystem() {
        super(new NioRawFileSystem());
    }

    @Override
    public void initialize(URI uri, Configuration configuration) throws java.io.IOException {
        super.initialize(uri, configuration);
        setWriteChecksum(false);
        setVerifyChecksum(false);
    }
}
