package io.rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.Repository;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * A kind is named once, where it is declared. Code that needs one names its class, so that the
 * compiler knows who uses it.
 *
 * <ul>
 *   <li>In the product no other string holds a kind's name.
 *   <li>In tests a string may quote what people write and read: a plan, a sentence. One that is
 *       nothing but the name is refused, except in the kind's own test and in those of the command
 *       line, where names are typed.
 * </ul>
 */
class KindNamesTest {
  private static final Pattern TOKEN =
      Pattern.compile(
          "//[^\\n]*|/\\*.*?\\*/|'(?:\\\\.|[^'\\\\])+'"
              + "|\"\"\"(?<block>[^\\\\]*?(?:\\\\.[^\\\\]*?)*?)\"\"\""
              + "|\"(?<line>[^\"\\\\\\n]*(?:\\\\.[^\"\\\\\\n]*)*)\"",
          Pattern.DOTALL);
  private static final String COMMAND_LINE = "starter/src/test/";

  @Test
  void standOnlyInTheirDeclarations() {
    assertThat(found("main", KindNamesTest::inProduct)).isEmpty();
  }

  @Test
  void standInTestsOnlyWhereTheyAreQuoted() {
    assertThat(found("test", KindNamesTest::inTests)).isEmpty();
  }

  private static List<String> found(
      String set, BiFunction<String, String, Stream<String>> problems) {
    return Repository.sources(set).stream()
        .flatMap(file -> problems.apply(Repository.name(file), Repository.read(file)))
        .toList();
  }

  private static Stream<String> inProduct(String file, String source) {
    return strings(source)
        .flatMap(string ->
            Kinds.all().stream()
                .filter(kind -> holds(text(string), kind))
                .filter(kind -> !declares(file, source, string, kind))
                .filter(kind -> !isField(source, string))
                .map(kind -> problem(file, kind)));
  }

  private static Stream<String> inTests(String file, String source) {
    return strings(source)
        .flatMap(string ->
            Kinds.all().stream()
                .filter(kind -> text(string).equals(kind.name()))
                .filter(kind -> !file.startsWith(COMMAND_LINE) && !isTestOf(kind, file))
                .map(kind -> problem(file, kind)));
  }

  private static String problem(String file, Kind kind) {
    return file + ": name the class instead of '" + kind.name() + "'";
  }

  private static Stream<MatchResult> strings(String source) {
    return TOKEN
        .matcher(source)
        .results()
        .filter(token -> token.group("block") != null || token.group("line") != null);
  }

  private static String text(MatchResult string) {
    return string.group("block") != null ? string.group("block") : string.group("line");
  }

  /**
   * Names without a service are words of English as well: they count only when they stand alone.
   */
  private static boolean holds(String text, Kind kind) {
    return text.equals(kind.name())
        || (kind.name().contains(".")
            && Pattern.compile("(?<![\\w.])" + Pattern.quote(kind.name()) + "(?!\\w)")
                .matcher(text)
                .find());
  }

  private static boolean declares(String file, String source, MatchResult string, Kind kind) {
    return file.endsWith(
            "/" + kind.type().getEnclosingClass().getName().replace('.', '/') + ".java")
        && text(string).equals(kind.name())
        && source.substring(0, string.start()).endsWith("kind = ");
  }

  /** A field may be called like a kind: a pipeline has an approval of its own. */
  private static boolean isField(String source, MatchResult string) {
    return source.substring(0, string.start()).endsWith("onlyIf = ");
  }

  /** {@code …/rds/RestoreInstanceTest.java}. */
  private static boolean isTestOf(Kind kind, String file) {
    String folder = kind.service().toLowerCase(Locale.ROOT);
    return file.endsWith("/" + folder + "/" + kind.type().getSimpleName() + "Test.java");
  }

  /** Proof that the scan sees what it is for. */
  @Nested
  class AScan {
    private static final String STOP = "'" + "rds.stop" + "Instance'";

    private static List<String> ofProduct(String file, String... lines) {
      return inProduct(file, String.join("\n", lines)).toList();
    }

    private static List<String> ofTests(String file, String... lines) {
      return inTests(file, String.join("\n", lines)).toList();
    }

    @Test
    void findsANameThatTheProductComparesWith() {
      assertThat(ofProduct("Run.java", "if (kind.equals(\"rds.stopInstance\")) {"))
          .containsExactly("Run.java: name the class instead of " + STOP);
    }

    @Test
    void findsANameWithinALongerStringOfTheProduct() {
      assertThat(ofProduct("Run.java", "call(\"rds.stopInstance.observe\", '\"');"))
          .containsExactly("Run.java: name the class instead of " + STOP);
    }

    @Test
    void findsASecondDeclaration() {
      assertThat(
              ofProduct(
                  "java/io/rekindle/plan/step/data/Aurora.java", "kind = \"rds.stopInstance\","))
          .hasSize(1);
    }

    @Test
    void passesTheDeclaration() {
      assertThat(
              ofProduct("java/io/rekindle/plan/step/data/Rds.java", "kind = \"rds.stopInstance\","))
          .isEmpty();
    }

    @Test
    void passesCommentsAndOtherWords() {
      assertThat(
              ofProduct(
                  "Run.java",
                  "// unlike \"rds.stopInstance\"",
                  "/* \"rds.stopInstance\" */",
                  "say(\"my-rds.stopInstances\", \"wait for approval\");"))
          .isEmpty();
    }

    @Test
    void findsABareNameInATest() {
      assertThat(ofTests("RunTest.java", "run(\"rds.stopInstance\");"))
          .containsExactly("RunTest.java: name the class instead of " + STOP);
    }

    @Test
    void passesWhatATestQuotes() {
      assertThat(
              ofTests(
                  "RunTest.java",
                  "plan(\"\"\"",
                  "    uses: rds.stopInstance",
                  "    note: \\\"\"\" rds.stopInstance",
                  "    \"\"\").hasProblem(\"unknown kind; did you mean 'rds.stopInstance'?\");"))
          .isEmpty();
    }

    @Test
    void passesTheKindsOwnTestAndTheCommandLine() {
      assertThat(ofTests("activities/rds/StopInstanceTest.java", "\"rds.stopInstance\"")).isEmpty();
      assertThat(ofTests("starter/src/test/KindsTest.java", "\"rds.stopInstance\"")).isEmpty();
    }
  }
}
