package io.yunyu.cli.demo;

import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A fetched bundle and the files taken from it for people who want only the table or the citation. */
record ReleaseFiles(byte[] bundle, Map<String, byte[]> entries) {
    private static final List<String> COPIED =
            List.of("table.csv", "citation.txt", "citation.bib", "citation.csl.json", "citation.datacite.json");

    static ReleaseFiles of(byte[] bundle) {
        return new ReleaseFiles(bundle, CanonicalContainer.read(bundle));
    }

    void write(Path directory, byte[] trust) throws IOException {
        Files.write(directory.resolve("release.yunyu"), bundle);
        Files.write(directory.resolve("trust.pub"), trust);
        for (String name : COPIED) {
            Files.write(directory.resolve(name), entry(name));
        }
    }

    JsonObject table() {
        return Json.parseObject(entry("table.json"));
    }

    JsonObject report() {
        return Json.parseObject(entry("report.json"));
    }

    String text(String name) {
        return new String(entry(name), StandardCharsets.UTF_8);
    }

    private byte[] entry(String name) {
        byte[] content = entries.get(name);
        if (content == null) {
            throw new IllegalStateException("The bundle holds no " + name + ".");
        }
        return content;
    }
}
