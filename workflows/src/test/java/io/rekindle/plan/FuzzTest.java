package io.rekindle.plan;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.PlanReader.PlanProblem;
import io.rekindle.plan.shape.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * However a plan is spoilt, reading it ends soon, with sentences and without an exception. A
 * failure names its seed; {@code -Dfuzz.seed=…} with {@code -Dfuzz.count=1} repeats it.
 */
class FuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int COUNT = Integer.getInteger("fuzz.count", 20_000);
  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final Duration LONGEST_IN_ALL = Duration.ofSeconds(30);
  private static final Pattern VALUE =
      Pattern.compile("(?<=: |\\[|, )[A-Za-z0-9/][^\\s,\\]}:]*(?=[,\\s\\]}])");
  private static final Path EXAMPLES = Path.of("..", "examples");

  private static final String LINE_ENDS = "\n\r\u0085\u2028\u2029";

  @TempDir Path folder;

  @Test
  void everySpoiltPlanIsAnsweredSoon() throws IOException {
    Spoiler spoiler = new Spoiler(read(EXAMPLES), read(EXAMPLES.resolve("steps")));
    Duration all = Duration.ZERO;
    for (long seed = SEED; seed < SEED + COUNT; seed++) {
      Duration took = answered(spoiler.spoilt(new Random(seed)), new Random(-seed), seed);
      assertThat(took).as("seed %d", seed).isLessThan(LONGEST);
      all = all.plus(took);
    }
    assertThat(all).isLessThan(LONGEST_IN_ALL);
  }

  /** Patterns that look back and forth must not run out of stack or time. */
  @Test
  void everyFieldOfEveryKindEndsSoonOnALongText() throws IOException {
    List<String> texts =
        Stream.of("/a", "a.", "a-", "a", "https://", "arn:aws:", "${run}")
            .map(part -> part.repeat(20_000 / part.length()))
            .toList();
    for (String step : read(EXAMPLES.resolve("steps"))) {
      String plan = Spoiler.around(step);
      for (MatchResult value : VALUE.matcher(plan).results().toList()) {
        for (String text : texts) {
          String spoilt =
              plan.substring(0, value.start()) + '"' + text + '"' + plan.substring(value.end());
          Duration took = Stopwatch.time(() -> PlanReader.read("plan", spoilt));
          assertThat(took).as("%s for %s", text.substring(0, 8), value.group()).isLessThan(LONGEST);
        }
      }
    }
  }

  private static List<String> read(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> plans = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      assertThat(plans).as("plans in %s", folder).isNotEmpty();
      List<String> texts = new ArrayList<>();
      for (Path plan : plans) {
        texts.add(Files.readString(plan));
      }
      return texts;
    }
  }

  private Duration answered(String plan, Random random, long seed) throws IOException {
    try {
      PlanReader.Reading[] reading = new PlanReader.Reading[1];
      Duration took =
          random.nextInt(10) == 0
              ? answeredAsFile(plan, random, reading)
              : Stopwatch.time(() -> reading[0] = PlanReader.read("plan", plan));
      assertSensible(reading[0]);
      return took;
    } catch (RuntimeException | Error failed) {
      throw new AssertionError("seed " + seed + " gives " + failed + " for\n" + plan, failed);
    }
  }

  private Duration answeredAsFile(String plan, Random random, PlanReader.Reading[] reading)
      throws IOException {
    byte[] bytes = plan.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    Path file = Files.write(folder.resolve("plan.yaml"), bytes);
    return Stopwatch.time(() -> reading[0] = PlanReader.read(file));
  }

  private static void assertSensible(PlanReader.Reading reading) {
    assertThat(reading.plan().isPresent()).isEqualTo(reading.problems().isEmpty());
    long lines = 1 + LINE_ENDS.chars().mapToLong(end -> count(end, reading.text())).sum();
    assertThat(reading.problems().stream().filter(problem -> !isSensible(problem, lines)))
        .isEmpty();
    reading.plan().ifPresent(FuzzTest::assertUsable);
  }

  private static long count(int character, String text) {
    long count = 0;
    for (int at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
      count++;
    }
    return count;
  }

  private static boolean isSensible(PlanProblem problem, long lines) {
    String sentence = problem.problem().sentence();
    Place place = problem.problem().place();
    return !problem.problem().what().isBlank()
        && sentence.indexOf('\n') < 0
        && sentence.indexOf('\u001b') < 0
        && place.line() >= 1
        && place.line() <= lines
        && place.column() >= 1;
  }

  /** What the reader accepts can be worked with. */
  private static void assertUsable(Plan plan) {
    for (Plan.Section section : Plan.Section.values()) {
      StepGraph graph = StepGraph.of(plan.steps(section));
      assertThat(graph.cycle()).isEmpty();
      assertThat(graph.inOrder()).hasSameSizeAs(plan.steps(section));
      for (Mode mode : Mode.values()) {
        graph.only(step -> step.runsIn(mode));
      }
    }
    plan.drills().forEach(drill -> DrillSteps.of(plan, drill));
  }

  /** Spoils plans as typing, merging, generating and malice do. */
  private static final class Spoiler {
    private static final List<String> GRAMMAR =
        List.of(
            "application",
            "regions",
            "primary",
            "recovery",
            "failover",
            "failback",
            "drills",
            "assess",
            "probes",
            "stores",
            "notify",
            "parameters",
            "objectives",
            "id",
            "uses",
            "with",
            "needs",
            "modes",
            "when",
            "fence",
            "bestEffort",
            "timeout",
            "region",
            "values",
            "database",
            "service",
            "dns",
            "approve",
            "planned",
            "outage",
            "drill",
            "${database.instance}",
            "${param.desired}",
            "${run}",
            "${recovery.alb}",
            "${primary.region}",
            "${",
            "}",
            "$${",
            "${a",
            "${.}",
            "${a.b.c}",
            ": ",
            "- ",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "\"",
            "'",
            "|",
            "|-\n",
            ">",
            ">+\n",
            "#",
            " #",
            "&a ",
            "*a",
            "<<: *a",
            "!!int ",
            "!Ref ",
            "!",
            "%YAML 1.2\n",
            "---\n",
            "...\n",
            "\t",
            "\n",
            "\r\n",
            "\r",
            "  ",
            "    ",
            "~",
            "null",
            "true",
            "yes",
            "0",
            "-1",
            "1e99",
            "1e999999999",
            ".inf",
            ".nan",
            "0x10",
            "007",
            "99999999999999999999",
            "30m",
            "0s",
            "99999d",
            "* * * * *",
            "us-west-2",
            "us-gov-west-1",
            "arn:aws:iam::1:role/x",
            "arn:aws:sns:us-west-2:123456789012:a",
            "https://x",
            "http://[::1",
            "jdbc:mysql://h/d",
            "\u0000",
            "\u0007",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uFFFE",
            "é",
            "\uD83D\uDE00",
            "\\x00",
            "\\uD800",
            "\\",
            "%",
            "@",
            "`");

    private static final List<String> WORDS =
        Stream.concat(GRAMMAR.stream(), Kinds.names().stream()).toList();

    private final List<String> plans;
    private final List<String> all;

    Spoiler(List<String> plans, List<String> steps) {
      this.plans = List.copyOf(plans);
      this.all = new ArrayList<>(plans);
      all.add(Shop.PLAN);
      steps.forEach(step -> all.add(around(step)));
    }

    private static String around(String step) {
      String lines = step.lines().filter(line -> !line.startsWith("#")).collect(joining("\n    "));
      return """
      application: shop
      regions: { primary: us-east-1, recovery: us-west-2 }
      failover:
        - { id: approve, uses: approval, with: { question: Go? } }
        - %s
      """
          .formatted(lines);
    }

    String spoilt(Random random) {
      List<String> some = random.nextInt(5) == 0 ? plans : all;
      String plan = some.get(random.nextInt(some.size()));
      for (int i = random.nextInt(4); i >= 0; i--) {
        plan = spoilt(plan, random);
      }
      return plan;
    }

    private String spoilt(String plan, Random random) {
      return switch (random.nextInt(8)) {
        case 0 -> character(plan, random);
        case 1, 2 -> String.join("\n", changed(lines(plan), random));
        case 3, 4 -> token(plan, random);
        case 5 -> inserted(plan, WORDS.get(random.nextInt(WORDS.size())), random);
        case 6 -> inserted(plan, nested(random), random);
        default -> spliced(plan, random);
      };
    }

    private static List<String> lines(String plan) {
      return new ArrayList<>(List.of(plan.split("\n", -1)));
    }

    private static String character(String plan, Random random) {
      if (plan.isEmpty()) {
        return plan;
      }
      int at = random.nextInt(plan.length());
      String replaced = random.nextBoolean() ? "" : String.valueOf((char) random.nextInt(0x180));
      return plan.substring(0, at) + replaced + plan.substring(at + 1);
    }

    private static String token(String plan, Random random) {
      if (plan.isEmpty()) {
        return plan;
      }
      int at = random.nextInt(plan.length());
      int from = wordStart(plan, at);
      int to = wordEnd(plan, at);
      String other = wordAt(plan, random.nextInt(plan.length()));
      String instead =
          switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> plan.substring(from, to).repeat(2);
            case 2 -> other;
            case 3 -> other + plan.substring(from, to);
            default -> WORDS.get(random.nextInt(WORDS.size()));
          };
      return plan.substring(0, from) + instead + plan.substring(to);
    }

    private static String wordAt(String plan, int at) {
      return plan.substring(wordStart(plan, at), wordEnd(plan, at));
    }

    private static int wordStart(String plan, int at) {
      int start = at;
      while (start > 0 && isWord(plan.charAt(start - 1)) && isWord(plan.charAt(at))) {
        start--;
      }
      return start;
    }

    private static int wordEnd(String plan, int at) {
      int end = at + 1;
      while (end < plan.length() && isWord(plan.charAt(end)) && isWord(plan.charAt(at))) {
        end++;
      }
      return end;
    }

    private static boolean isWord(char character) {
      return Character.isLetterOrDigit(character) || "._-$".indexOf(character) >= 0;
    }

    private static List<String> changed(List<String> parts, Random random) {
      if (parts.isEmpty()) {
        return parts;
      }
      int one = random.nextInt(parts.size());
      int other = random.nextInt(parts.size());
      switch (random.nextInt(5)) {
        case 0 -> parts.remove(one);
        case 1 -> parts.add(other, parts.get(one));
        case 2 -> Collections.swap(parts, one, other);
        case 3 -> parts.set(one, parts.get(other));
        default -> parts.set(one, WORDS.get(random.nextInt(WORDS.size())));
      }
      return parts;
    }

    private static String inserted(String plan, String word, Random random) {
      int at = random.nextInt(plan.length() + 1);
      return plan.substring(0, at) + word + plan.substring(at);
    }

    private static String nested(Random random) {
      String opening =
          List.of("[", "{a: ", "- ", "? ", "\n  a:", "((", "${").get(random.nextInt(7));
      return opening.repeat(1 << random.nextInt(random.nextInt(50) == 0 ? 16 : 8));
    }

    private String spliced(String plan, Random random) {
      List<String> other = lines(all.get(random.nextInt(all.size())));
      int from = random.nextInt(other.size());
      int to = Math.min(other.size(), from + 1 + random.nextInt(12));
      List<String> lines = lines(plan);
      lines.addAll(random.nextInt(lines.size()), other.subList(from, to));
      return String.join("\n", lines);
    }
  }
}
