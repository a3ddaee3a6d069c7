package io.rekindle.starter;

import static io.rekindle.starter.CommandFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.PlanReader;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the README says is true: its commands work, its plan is good, its links lead somewhere. */
class ReadmeTest {
  private static final String README = read();

  private static final String RUN_BY_A_TEST_OF_ITS_OWN = "./rekindle demo";

  private static String read() {
    try {
      return Files.readString(ROOT.resolve("README.md"));
    } catch (IOException missing) {
      throw new AssertionError(missing);
    }
  }

  private static List<String> blocks(String language) {
    return Pattern.compile("(?s)```" + language + "\n(.*?)```")
        .matcher(README)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> everyCommandWorks() {
    List<String> commands =
        blocks("sh").stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("./rekindle "))
            .filter(line -> !line.equals(RUN_BY_A_TEST_OF_ITS_OWN))
            .toList();
    assertThat(commands).isNotEmpty();
    return commands.stream().map(command -> DynamicTest.dynamicTest(command, () -> runs(command)));
  }

  private static void runs(String command) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (String word : command.substring("./rekindle ".length()).split(" ", -1)) {
      arguments.addAll(word.contains("/") ? files(word) : List.of(word));
    }
    CommandFixture.run(arguments.toArray(String[]::new)).exits(ExitCode.DONE);
  }

  private static List<String> files(String pattern) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + ROOT.resolve(pattern));
    try (Stream<Path> found = Files.list(ROOT.resolve(pattern).getParent())) {
      List<String> files = found.filter(matcher::matches).map(Path::toString).sorted().toList();
      assertThat(files).as(pattern).isNotEmpty();
      return files;
    }
  }

  @Test
  void itsPlanIsGoodAndShort() {
    List<String> plans = blocks("yaml");

    assertThat(plans).hasSize(1);
    assertThat(plans.getFirst().lines()).hasSizeLessThanOrEqualTo(15);
    assertThat(PlanReader.read("README.md", plans.getFirst()).problems()).isEmpty();
  }

  @Test
  void itsLinksLeadSomewhere() {
    List<String> links =
        Pattern.compile("]\\(([^)#]+)\\)")
            .matcher(README)
            .results()
            .map((MatchResult link) -> link.group(1))
            .filter(link -> !link.startsWith("http"))
            .toList();

    assertThat(links).isNotEmpty().allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
  }

  @Test
  void itIsShort() {
    assertThat(README.lines()).hasSizeLessThanOrEqualTo(150);
  }
}
