package io.rekindle.source;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.MethodTree;
import io.rekindle.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is promised is kept by tests, which are there and are called so. */
class PromisesTest {
  private static final String KEPT = "Kept by ";
  private static final Pattern PROMISE =
      Pattern.compile("(?ms)^- \\*\\*(.+?)\\*\\*(.*?)(?=^- |^#|\\z)");
  private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
  private static final Set<String> MARKS = Set.of("Test", "ParameterizedTest", "TestFactory");

  private final List<MatchResult> promises =
      PROMISE.matcher(Repository.read(Repository.path("docs/promises.md"))).results().toList();
  private final Set<String> tests =
      SourceFile.parse(Repository.sources("test")).stream()
          .flatMap(file -> file.spots().stream())
          .filter(PromisesTest::isTest)
          .map(spot -> spot.file().name().replace(".java", "") + "." + spot.name())
          .collect(toSet());

  private static boolean isTest(Spot spot) {
    return spot.tree() instanceof MethodTree method
        && method.getModifiers().getAnnotations().stream()
            .anyMatch(mark -> MARKS.contains(mark.getAnnotationType().toString()));
  }

  @Test
  void everyPromiseIsKeptByTests() {
    assertThat(promises).hasSizeGreaterThan(20);
    assertThat(promises)
        .allSatisfy(promise -> assertThat(keepers(promise)).as(promise.group(1)).isNotEmpty());
  }

  @Test
  void theTestsAreThere() {
    List<String> named = new ArrayList<>();
    promises.forEach(promise -> named.addAll(keepers(promise)));
    assertThat(named).isSubsetOf(tests);
  }

  private static List<String> keepers(MatchResult promise) {
    String text = promise.group(2);
    int from = text.indexOf(KEPT);
    return from < 0
        ? List.of()
        : TEST.matcher(text.substring(from))
            .results()
            .map(test -> test.group(1) + "." + test.group(2))
            .toList();
  }
}
