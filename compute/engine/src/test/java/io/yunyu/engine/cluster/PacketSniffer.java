package io.yunyu.engine.cluster;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.ptr.IntByReference;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes what TCP carries past it, one file per connection and direction, in order of arrival, until its input ends.
 * Arguments: the network namespace in which it refuses to run, and a directory.
 */
public final class PacketSniffer {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int ALL_PROTOCOLS = 0x0300;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int BUFFER_BYTES = 64 << 20;
    private static final int OUTGOING = 4;
    private static final int ETHERNET = 14;
    private static final int TCP = 6;

    /** The C library. */
    public interface C extends Library {
        int socket(int domain, int type, int protocol);

        int setsockopt(int socket, int level, int name, IntByReference value, int length);

        NativeLong recvfrom(
                int socket, byte[] buffer, NativeLong length, int flags, byte[] address, IntByReference addressLength);
    }

    private PacketSniffer() {}

    public static void main(String[] arguments) throws IOException {
        if (Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString().equals(arguments[0])) {
            System.exit(1);
        }
        C c = Native.load("c", C.class);
        int socket = c.socket(AF_PACKET, SOCK_RAW, ALL_PROTOCOLS);
        c.setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, new IntByReference(BUFFER_BYTES), Integer.BYTES);
        if (socket < 0) {
            System.exit(1);
        }
        Map<String, OutputStream> flows = new HashMap<>();
        Thread end = new Thread(() -> awaitEnd(flows));
        System.out.println("ready");
        end.start();
        byte[] packet = new byte[1 << 18];
        byte[] address = new byte[20];
        while (true) {
            int length = c.recvfrom(
                            socket,
                            packet,
                            new NativeLong(packet.length),
                            0,
                            address,
                            new IntByReference(address.length))
                    .intValue();
            // Each packet passes two ports of the bridge; it is taken where it comes in.
            if (length > 0 && address[10] != OUTGOING) {
                keep(packet, length, Path.of(arguments[1]), flows);
            }
        }
    }

    private static void keep(byte[] packet, int length, Path directory, Map<String, OutputStream> flows)
            throws IOException {
        if (length < ETHERNET + 40 || word(packet, 12) != 0x0800 || packet[ETHERNET + 9] != TCP) {
            return;
        }
        int tcp = ETHERNET + (packet[ETHERNET] & 15) * 4;
        int from = tcp + (packet[tcp + 12] >> 4 & 15) * 4;
        if (from >= length) {
            return;
        }
        String flow = packet[ETHERNET + 15] + "." + word(packet, tcp) + "-" + packet[ETHERNET + 19] + "."
                + word(packet, tcp + 2);
        synchronized (flows) {
            OutputStream out = flows.get(flow);
            if (out == null) {
                out = new BufferedOutputStream(Files.newOutputStream(directory.resolve(flow)), 1 << 16);
                flows.put(flow, out);
            }
            out.write(packet, from, length - from);
        }
    }

    private static int word(byte[] packet, int at) {
        return (packet[at] & 255) << 8 | packet[at + 1] & 255;
    }

    private static void awaitEnd(Map<String, OutputStream> flows) {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
            synchronized (flows) {
                for (OutputStream flow : flows.values()) {
                    flow.close();
                }
                Runtime.getRuntime().halt(0);
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }
}
