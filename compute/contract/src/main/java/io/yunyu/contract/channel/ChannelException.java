package io.yunyu.contract.channel;

/** The other side of the channel did not keep to its form. Names sizes and types, never content. */
public final class ChannelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ChannelException(String message) {
        super(message);
    }
}
