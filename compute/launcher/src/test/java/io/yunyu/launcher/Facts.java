package io.yunyu.launcher;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a test tells the program inside about the host, carried as the text of its job. */
final class Facts {
    private Facts() {}

    static Map<String, String> of(JsonObject job) {
        JsonObject facts = Json.parseObject(job.string("sql"));
        Map<String, String> result = new LinkedHashMap<>();
        facts.asMap().keySet().forEach(name -> result.put(name, facts.string(name)));
        return result;
    }

    static String ofHost(Map<String, String> further) {
        Map<String, Object> facts = new LinkedHashMap<>(further);
        try {
            for (String namespace : new String[] {"user", "pid", "net", "mnt", "ipc", "uts"}) {
                Path link = Path.of("/proc/self/ns/" + namespace);
                facts.put("ns." + namespace, Files.readSymbolicLink(link).toString());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Json.write(facts);
    }
}
