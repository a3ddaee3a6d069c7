package io.rekindle.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.check.PlanChecks;
import io.rekindle.plan.shape.Binder;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads plans strictly, and reports everything that is wrong with one in one go. */
public final class PlanReader {
  /** The largest plan, in bytes: what a workflow can be started with. */
  public static final int LARGEST = 1024 * 1024;

  private static final String TOO_LARGE =
      "the file is larger than 1 MiB, the most a workflow can take";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private PlanReader() {}

  /**
   * @param plan there exactly when there are no problems
   * @param text what was read, for showing lines of it
   */
  public record Reading(
      String file, Optional<Plan> plan, String text, List<PlanProblem> problems) {}

  /** Never throws: what cannot be read is a problem like any other. */
  public static Reading read(Path file) {
    String name = file.toString();
    try {
      if (Files.isDirectory(file)) {
        return unreadable(name, "this is a directory; name a plan file");
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(LARGEST + 1);
      }
      return read(name, bytes);
    } catch (NoSuchFileException missing) {
      return unreadable(name, "there is no such file");
    } catch (AccessDeniedException denied) {
      return unreadable(name, "the file may not be read: check its permissions");
    } catch (IOException failed) {
      return unreadable(name, "the file could not be read: " + failed.getMessage());
    }
  }

  private static Reading read(String name, byte[] bytes) {
    if (bytes.length > LARGEST) {
      return unreadable(name, TOO_LARGE);
    }
    try {
      return read(
          name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException binary) {
      return unreadable(name, "this is not text in UTF-8");
    }
  }

  /**
   * @param name how the text is called in problems
   */
  public static Reading read(String name, String text) {
    if (text.length() > LARGEST) {
      return unreadable(name, TOO_LARGE);
    }
    String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    PlanText.Read read = PlanText.read(content);
    List<Problem> problems = new ArrayList<>(read.problems());
    Optional<Plan> plan = read.root().flatMap(root -> bind(root, problems));
    List<PlanProblem> sorted =
        problems.stream()
            .distinct()
            .sorted(Comparator.comparing(Problem::place))
            .limit(Problem.MOST)
            .map(problem -> new PlanProblem(name, problem))
            .toList();
    return new Reading(name, plan.filter(sound -> sorted.isEmpty()), content, sorted);
  }

  /** Reads a plan that came as a tree. Its problems have no places, only paths. */
  public static Reading read(JsonNode tree) {
    List<Problem> problems = new ArrayList<>();
    Optional<Plan> plan = bind(Trees.node(tree), problems);
    List<PlanProblem> found =
        problems.stream()
            .distinct()
            .limit(Problem.MOST)
            .map(problem -> new PlanProblem("plan", problem))
            .toList();
    return new Reading("plan", plan.filter(sound -> found.isEmpty()), "", found);
  }

  /** A plan that was admitted before, however strict reading has become since. */
  public static Plan admitted(JsonNode tree) {
    return Binder.bind(Trees.node(tree), Plan.class, "")
        .value()
        .orElseThrow(() -> new IllegalArgumentException("This tree was never a plan."));
  }

  /** A plan's text as the tree in which it travels. */
  public static JsonNode tree(String text) {
    return Trees.json(fields(text));
  }

  /**
   * The fields of a text that is not a whole plan, such as one step. Throws when they cannot be
   * read.
   */
  public static Node.Fields fields(String text) {
    PlanText.Read read = PlanText.read(text);
    if (read.problems().isEmpty() && read.root().orElseThrow() instanceof Node.Fields fields) {
      return fields;
    }
    throw new IllegalArgumentException("Not a group of fields: " + read.problems());
  }

  private static Optional<Plan> bind(Node root, List<Problem> problems) {
    Bound<Optional<Plan>> bound = Binder.bind(root, Plan.class, "");
    problems.addAll(bound.problems());
    boolean regionsReadable =
        bound.problems().stream().noneMatch(problem -> problem.where().startsWith("regions"))
            && root instanceof Node.Fields fields
            && fields.get("regions").isPresent();
    bound.value().ifPresent(plan -> problems.addAll(PlanChecks.run(plan, regionsReadable)));
    return bound.value();
  }

  private static Reading unreadable(String name, String what) {
    return new Reading(
        name,
        Optional.empty(),
        "",
        List.of(new PlanProblem(name, Problem.at(Place.START, "", what))));
  }

  /** A problem with the file it is in. */
  public record PlanProblem(String file, Problem problem) {
    /** {@code file:line:column: what is wrong, in where; did you mean 'word'?} */
    @Override
    public String toString() {
      return file + ":" + problem.place() + ": " + problem.sentence();
    }
  }
}
