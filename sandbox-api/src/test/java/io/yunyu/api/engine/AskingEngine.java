package io.yunyu.api.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In the place of an engine, with nothing but the JDK: asks its launcher for a solver, and ends with what it was told. */
public final class AskingEngine {
    private static final DataInputStream IN = new DataInputStream(System.in);
    private static final DataOutputStream OUT = new DataOutputStream(System.out);

    private AskingEngine() {}

    public static void main(String[] arguments) throws IOException {
        write('H', "{\"engine\":\"asking\",\"protocol\":1,\"sealTo\":\"hpke:asking\"}");
        String job = part(read(), "jobId");
        write('Q', "{\"id\":1,\"jobId\":\"" + job + "\",\"op\":\"solve\",\"seconds\":5,\"step\":\"start\"}");
        String answer = read();
        write(
                'E',
                "{\"problem\":{\"code\":\"INTERNAL\",\"detail\":\"" + part(answer, "refused") + " "
                        + part(answer, "detail") + "\"},\"status\":\"FAILED\"}");
    }

    private static String part(String json, String member) {
        Matcher found = Pattern.compile("\"" + member + "\":\"([^\"\\\\]*)\"").matcher(json);
        return found.find() ? found.group(1) : "no " + member;
    }

    private static String read() throws IOException {
        IN.readByte();
        return new String(IN.readNBytes(IN.readInt()), StandardCharsets.UTF_8);
    }

    private static void write(char type, String payload) throws IOException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        OUT.writeByte(type);
        OUT.writeInt(bytes.length);
        OUT.write(bytes);
        OUT.flush();
    }
}
