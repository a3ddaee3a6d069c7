package io.rekindle.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real shell, in which {@code temporal} tells what it was called with. */
record Shell(Path folder) {
  List<String> temporal(String line) throws IOException, InterruptedException {
    Path fake = folder.resolve("temporal");
    Files.writeString(fake, "#!/bin/sh\nprintf '%s\\0' \"$@\"\n");
    assertThat(fake.toFile().setExecutable(true)).isTrue();
    Path script = Files.writeString(folder.resolve("script.sh"), line + "\n");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", script.toString())
            .redirectErrorStream(true)
            .directory(folder.toFile());
    builder.environment().put("PATH", folder + ":/usr/bin:/bin");
    Process process = builder.start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    return List.of(told.split("\0"));
  }

  /** What follows an option. */
  static String after(String option, List<String> words) {
    return words.get(words.indexOf(option) + 1);
  }
}
