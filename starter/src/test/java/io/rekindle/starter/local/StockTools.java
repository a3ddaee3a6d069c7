package io.rekindle.starter.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Temporal's own command line, as the guide for operators says to use it. */
record StockTools(LastingTemporal temporal, Path folder) {
  private static final Pattern COMMAND = Pattern.compile("(?m)^temporal (?:.*\\\\\n)*.*$");

  record Said(int exitCode, String out) {}

  /** All commands that the guide has. */
  static List<String> guide() throws IOException {
    return commands(Files.readString(Program.home().resolve("docs/operations.md")));
  }

  static List<String> commands(String text) {
    return COMMAND.matcher(text).results().map(found -> found.group()).toList();
  }

  Said type(String command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("TEMPORAL_ADDRESS", temporal.address());
    builder
        .environment()
        .merge("PATH", "", (path, none) -> temporal.cli().getParent() + ":" + path);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Said(process.waitFor(), out);
  }
}
