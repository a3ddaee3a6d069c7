package io.rekindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What can be known about the containers without running them. */
class ComposeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String FILE = read("docker-compose.yml");

  private static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static Properties defaults() throws IOException {
    Properties defaults = new Properties();
    try (var in = Files.newBufferedReader(ROOT.resolve(".env"))) {
      defaults.load(in);
    }
    return defaults;
  }

  private static List<String> variables() {
    return Pattern.compile("\\$\\{(\\w+)}")
        .matcher(FILE)
        .results()
        .map((MatchResult found) -> found.group(1))
        .distinct()
        .toList();
  }

  @Test
  void everySettingHasItsDefaultInOneFile() throws IOException {
    assertThat(defaults().stringPropertyNames()).containsExactlyInAnyOrderElementsOf(variables());
  }

  @Test
  void everyVersionIsPinned() throws IOException {
    defaults()
        .forEach((name, value) -> {
          if (name.toString().endsWith("_VERSION")) {
            assertThat(value.toString()).as(name.toString()).matches("\\d+\\.\\d+.*");
          }
        });
  }

  @Test
  void nothingIsReachableFromOtherMachines() {
    Map<String, Map<String, Map<String, Object>>> file = new Yaml().load(FILE);
    file.getOrDefault("services", Map.of())
        .forEach((name, service) ->
            assertThat((List<?>) service.getOrDefault("ports", List.of()))
                .as(name)
                .allSatisfy(port -> assertThat(port.toString()).startsWith("127.0.0.1:")));
  }

  @Test
  void theNamespaceGetsTheSearchAttributesOfTheWorkflow() {
    assertThat(read("compose/namespace.sh"))
        .contains("attributes=\"" + String.join(" ", Workflows.SEARCH_ATTRIBUTES) + "\"");
  }
}
