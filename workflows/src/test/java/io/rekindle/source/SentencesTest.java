package io.rekindle.source;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of all sentences of failure is what the code says. */
class SentencesTest {
  private static final String UPDATE = "update-docs";
  private static final String COMMAND =
      "./mvnw -pl workflows test -Dtest=SentencesTest -D" + UPDATE;
  private static final Path PAGE = Repository.path("docs/sentences.md");
  private static final String HEAD =
      """
      # What Rekindle says when something fails or is refused

      All its sentences side by side, each with the method that says it. Where something is filled in, `{name}` stands;
      where it depends, `[one | another]`. The page is taken from the code by
      `%s`.
      """
          .formatted(COMMAND);

  private static final Sentences SENTENCES =
      Sentences.of(
          SourceFile.parse(Repository.sources("main")).stream()
              .filter(file -> !file.isIn("simulator"))
              .toList());

  @Test
  void pageIsUpToDate() throws IOException {
    String page = page();
    if (System.getProperty(UPDATE) != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("rewrite it with: " + COMMAND).exists().hasContent(page);
  }

  @Test
  void everyDoorIsUsed() {
    assertThat(Doors.ALL)
        .as("doors of which one is not there any more: name it anew in Doors, or take it off")
        .hasSameElementsAs(SENTENCES.doors());
  }

  private static String page() {
    return HEAD
        + SENTENCES.said().stream()
            .collect(groupingBy(Said::area, TreeMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(area -> "\n## " + area.getKey() + "\n" + files(area.getValue()))
            .collect(joining());
  }

  private static String files(List<Said> said) {
    return said.stream()
        .collect(groupingBy(Said::file, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(file -> "\n" + file.getKey() + "\n\n```text\n" + lines(file.getValue()) + "```\n")
        .collect(joining());
  }

  private static String lines(Collection<Said> said) {
    int width = said.stream().mapToInt(each -> each.by().length()).max().orElse(1);
    return said.stream()
        .map(each -> ("%-" + width + "s  %s\n").formatted(each.by(), each.sentence()))
        .collect(joining());
  }
}
