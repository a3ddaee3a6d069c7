package io.rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.PlanReader.PlanProblem;
import io.rekindle.plan.shape.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every block of YAML in the guide is read: the first is a whole plan; what follows is another
 * whole plan, or keys that are laid over the first. A block marked {@code bad} shows exactly the
 * problems printed below it.
 */
class PlanGuideTest {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)```yaml( bad)?\n(.*?)```(?:\\s*```text\n(.*?)```)?");
  private static final String FILE = "plan.yaml";

  private record Block(String yaml, boolean bad, String printed) {}

  private static List<Block> blocks() throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("../docs/plan.md")))
        .results()
        .map(found ->
            new Block(
                found.group(2),
                found.group(1) != null,
                found.group(3) == null ? "" : found.group(3)))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> everyBlockIsTrue() throws IOException {
    List<Block> blocks = blocks();
    String base = blocks.getFirst().yaml();
    assertThat(blocks.stream().filter(Block::bad)).isNotEmpty();
    return blocks.stream()
        .map(block ->
            DynamicTest.dynamicTest(
                block.yaml().lines().findFirst().orElse(""), () -> isTrue(block, base)));
  }

  private static void isTrue(Block block, String base) {
    if (block.bad()) {
      String problems =
          String.join(
              "\n",
              PlanReader.read(FILE, laidOver(base, block.yaml())).problems().stream()
                  .map(PlanProblem::toString)
                  .toList());
      assertThat(problems).isEqualTo(block.printed().strip());
    } else {
      assertThat(PlanReader.read(FILE, laidOver(base, block.yaml())).problems()).isEmpty();
    }
  }

  /**
   * The fragment first, so that its places are those of the block, then the keys of the base that
   * it lacks.
   */
  private static String laidOver(String base, String fragment) {
    Node.Fields keys = PlanReader.fields(fragment);
    Map<String, String> sections = sections(base);
    keys.fields().forEach(field -> sections.remove(field.name()));
    return fragment + "\n" + String.join("", sections.values());
  }

  private static Map<String, String> sections(String text) {
    Map<String, String> sections = new LinkedHashMap<>();
    String key = "";
    for (String line : text.lines().toList()) {
      if (line.matches("[a-z].*")) {
        key = line.replaceFirst(":.*", "");
      }
      sections.merge(key, line + "\n", String::concat);
    }
    sections.remove("");
    return sections;
  }
}
