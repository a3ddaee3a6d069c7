package io.rekindle.plan.reference;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.Repository;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The schema and the reference pages in {@code docs} are what the declarations say. */
class GeneratedDocsTest {
  private static final String UPDATE = "update-docs";
  private static final String COMMAND =
      "./mvnw -pl workflows test -Dtest=GeneratedDocsTest -D" + UPDATE;
  private static final Path PAGES = Repository.path("docs/steps");

  @Test
  void areUpToDate() throws IOException {
    Map<Path, String> wanted = wanted();
    if (System.getProperty(UPDATE) != null) {
      write(wanted);
    }
    assertThat(stale(wanted))
        .as("files in docs that no longer fit the declarations; rewrite them with: " + COMMAND)
        .isEmpty();
  }

  private static Map<Path, String> wanted() throws JsonProcessingException {
    Map<Path, String> wanted = new TreeMap<>();
    wanted.put(Repository.path("docs/plan.schema.json"), schema());
    wanted.put(PAGES.resolve("README.md"), index());
    Kinds.all().forEach(kind -> wanted.put(PAGES.resolve(kind.name() + ".md"), KindPage.of(kind)));
    return wanted;
  }

  private static String schema() throws JsonProcessingException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new ObjectMapper()
            .writer(
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter))
            .writeValueAsString(PlanSchema.json())
        + "\n";
  }

  private static String index() {
    Map<String, List<Kind>> services =
        Kinds.all().stream()
            .collect(
                groupingBy(
                    kind -> kind.isControl() ? "control" : kind.service(), TreeMap::new, toList()));
    return "# Step kinds\n\nWhat stands after `uses:` in a plan.\n"
        + services.entrySet().stream()
            .map(service ->
                "\n## "
                    + service.getKey()
                    + "\n\n"
                    + service.getValue().stream().map(GeneratedDocsTest::line).collect(joining()))
            .collect(joining());
  }

  private static String line(Kind kind) {
    return "- [" + kind.name() + "](" + kind.name() + ".md): " + KindPage.summary(kind) + "\n";
  }

  private static List<String> stale(Map<Path, String> wanted) {
    List<String> stale = new ArrayList<>();
    wanted.forEach((file, text) -> {
      if (!Files.exists(file)) {
        stale.add(Repository.name(file) + " is missing");
      } else if (!Repository.read(file).equals(text)) {
        stale.add(Repository.name(file) + " is stale");
      }
    });
    leftOver(wanted).forEach(file -> stale.add(Repository.name(file) + " is of no kind"));
    return stale;
  }

  private static List<Path> leftOver(Map<Path, String> wanted) {
    return Repository.below(PAGES, file -> !wanted.containsKey(file));
  }

  private static void write(Map<Path, String> wanted) throws IOException {
    Files.createDirectories(PAGES);
    for (Map.Entry<Path, String> file : wanted.entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
    }
    for (Path file : leftOver(wanted)) {
      Files.delete(file);
    }
  }
}
