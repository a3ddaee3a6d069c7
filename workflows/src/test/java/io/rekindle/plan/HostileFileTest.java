package io.rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.rekindle.plan.PlanReader.PlanProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the file holds, the answer is one clear sentence. */
class HostileFileTest {
  @TempDir Path folder;

  private String saidOf(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("plan.yaml"), content);
    return said(PlanReader.read(file)).replace(folder.resolve("plan.yaml").toString(), "plan.yaml");
  }

  private static String saidOf(String text) {
    return said(PlanReader.read("plan.yaml", text));
  }

  private static String said(PlanReader.Reading reading) {
    assertThat(reading.plan().isPresent()).isEqualTo(reading.problems().isEmpty());
    return String.join("\n", reading.problems().stream().map(PlanProblem::toString).toList());
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    IntStream.range(0, values.length).forEach(i -> bytes[i] = (byte) values[i]);
    return bytes;
  }

  @Nested
  class ThatIsNoFileToRead {
    @Test
    void isADirectory() {
      assertThat(said(PlanReader.read(folder)))
          .isEqualTo(folder + ":1:1: this is a directory; name a plan file");
    }

    @Test
    void isMissing() {
      Path file = folder.resolve("missing.yaml");
      assertThat(said(PlanReader.read(file))).isEqualTo(file + ":1:1: there is no such file");
    }

    @Test
    void mayNotBeRead() throws IOException {
      Path file = Files.writeString(folder.resolve("secret.yaml"), Shop.PLAN);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
      assumeFalse(Files.isReadable(file), "root reads everything");
      assertThat(said(PlanReader.read(file)))
          .isEqualTo(file + ":1:1: the file may not be read: check its permissions");
    }
  }

  @Nested
  class ThatIsTooMuch {
    @Test
    void isLargerThanAWorkflowCanBeStartedWith() throws IOException {
      byte[] large =
          "# five megabytes of comments\n".repeat(180_000).getBytes(StandardCharsets.UTF_8);
      assertThat(large.length).isGreaterThan(5_000_000);
      assertThat(saidOf(large))
          .isEqualTo("plan.yaml:1:1: the file is larger than 1 MiB, the most a workflow can take");
    }

    @Test
    void isReadUpToTheLargestSize() throws IOException {
      String comment = "#".repeat(PlanReader.LARGEST - Shop.PLAN.length() - 1) + "\n";
      assertThat(saidOf((comment + Shop.PLAN).getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void isABombOfAliases() {
      StringBuilder bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
      for (char name = 'b'; name <= 'z'; name++) {
        String former = "*" + (char) (name - 1);
        bomb.append("%s: &%s [%s]\n".formatted(name, name, String.join(", ", nine(former))));
      }
      assertThat(saidOf(bomb.toString()))
          .isEqualTo(
              "plan.yaml:6:4: holds more than 200000 values once its aliases are written out");
    }

    private static List<String> nine(String word) {
      return IntStream.range(0, 9).mapToObj(i -> word).toList();
    }

    @Test
    void isAnAliasOfItself() {
      assertThat(saidOf("application: &a [*a]\n"))
          .isEqualTo("plan.yaml:1:18: the alias *a has no complete anchor above it");
    }

    @Test
    void isNestedTooDeep() {
      assertThat(saidOf("a: " + "[".repeat(100_000)))
          .isEqualTo("plan.yaml:1:44: nested more than 40 levels deep");
      assertThat(saidOf("a: " + "{ a: ".repeat(100_000)))
          .isEqualTo("plan.yaml:1:201: nested more than 40 levels deep");
      assertThat(saidOf("- ".repeat(100_000)))
          .isEqualTo("plan.yaml:1:83: nested more than 40 levels deep");
    }

    @Test
    void doublesATextInEveryStep() {
      StringBuilder plan =
          new StringBuilder(
              """
              application: shop
              regions: { primary: us-east-1, recovery: us-west-2 }
              failover:
                - { id: approve, uses: approval, with: { question: Go? } }
                - { id: s0, uses: ecs.scaleService, with: { cluster: shop, service: web, desired: 1 } }
              """);
      for (int i = 1; i < 60; i++) {
        plan.append(
            "  - { id: s%d, uses: ecs.scaleService, with: { cluster: \"${s%d.cluster}${s%d.cluster}\", service: web, desired: 1 } }\n"
                .formatted(i, i - 1, i - 1));
      }
      assertThat(saidOf(plan.toString())).isEmpty();
    }

    @Test
    void saysNoMoreThanAThousandThings() {
      String keys =
          IntStream.range(0, 30_000).mapToObj("key%d: 1\n"::formatted).reduce("", String::concat);
      assertThat(PlanReader.read("plan.yaml", keys).problems()).hasSize(1_000);
    }

    @Test
    void saysNothingLongerThanAPersonReads() {
      assertThat(saidOf(Shop.with("application: shop", "application: " + "x".repeat(100_000))))
          .startsWith("plan.yaml:1:14: 'xxxxx")
          .hasSizeLessThan(600);
    }
  }

  @Nested
  class ThatIsNoText {
    @Test
    void isBinaryJunk() throws IOException {
      byte[] junk = new byte[4096];
      new Random(1).nextBytes(junk);
      assertThat(saidOf(junk)).isEqualTo("plan.yaml:1:1: this is not text in UTF-8");
    }

    @Test
    void isTextInUtf16() throws IOException {
      assertThat(saidOf(Shop.PLAN.getBytes(StandardCharsets.UTF_16)))
          .isEqualTo("plan.yaml:1:1: this is not text in UTF-8");
    }

    @Test
    void isInvalidUtf8() throws IOException {
      assertThat(saidOf(bytes('a', ':', ' ', 0xC3, 0x28)))
          .isEqualTo("plan.yaml:1:1: this is not text in UTF-8");
    }

    @Test
    void holdsHalfACharacterAsBytes() throws IOException {
      assertThat(saidOf(bytes('a', ':', ' ', 0xED, 0xA0, 0x80)))
          .isEqualTo("plan.yaml:1:1: this is not text in UTF-8");
    }

    @Test
    void holdsHalfACharacter() {
      assertThat(saidOf(Shop.with("shop-team", "shop\uD83D")))
          .isEqualTo("plan.yaml:2:12: this is not text: it holds the character U+D83D");
    }

    @Test
    void holdsHalfACharacterAsAnEscape() {
      assertThat(saidOf(Shop.with("shop-team", "\"shop \\uD83D\"")))
          .isEqualTo("plan.yaml:2:8: this is not text: it holds the character U+D83D");
    }

    @Test
    void holdsANullByte() throws IOException {
      byte[] nul = Shop.with("shop-team", "shop\0team").getBytes(StandardCharsets.UTF_8);
      assertThat(saidOf(nul))
          .isEqualTo("plan.yaml:2:12: this is not text: it holds the character U+0000");
    }

    @Test
    void holdsACommandToTheTerminal() {
      assertThat(saidOf(Shop.with("shop-team", "\"\\x1b[31mred\"")))
          .isEqualTo("plan.yaml:2:8: this is not text: it holds the character U+001B");
    }
  }

  @Nested
  class ThatIsNoPlan {
    @Test
    void isEmpty() throws IOException {
      assertThat(saidOf(new byte[0])).isEqualTo("plan.yaml:1:1: the file is empty");
    }

    @Test
    void holdsOnlyComments() {
      assertThat(saidOf("# nothing yet\n\n# to do\n"))
          .isEqualTo("plan.yaml:1:1: the file is empty");
    }

    @Test
    void holdsOnlyAMarkOfADocument() {
      assertThat(saidOf("---\n"))
          .isEqualTo("plan.yaml:2:1: expected a group of fields, found nothing");
    }

    @Test
    void isASentence() {
      assertThat(saidOf("please fail over"))
          .isEqualTo("plan.yaml:1:1: expected a group of fields, found 'please fail over'");
    }

    @Test
    void isAList() {
      assertThat(saidOf("- a\n- b\n"))
          .isEqualTo("plan.yaml:1:1: expected a group of fields, found a list");
    }

    @Test
    void isTwoDocuments() {
      assertThat(saidOf(Shop.PLAN + "---\n" + Shop.PLAN))
          .isEqualTo("plan.yaml:67:1: a second YAML document begins here; a plan is one document");
    }

    @Test
    void isIndentedWithTabs() {
      assertThat(saidOf(Shop.with("  - id: service", "\t- id: service")))
          .isEqualTo("plan.yaml:38:1: this is not YAML: indent with spaces, not tabs");
    }

    @Test
    void isNotClosed() {
      assertThat(saidOf(Shop.with("objectives: { rto: 30m, rpo: 1h }", "objectives: { rto: 30m")))
          .startsWith("plan.yaml:7:")
          .contains("this is not YAML: ")
          .doesNotContain("\n");
    }

    @Test
    void hasAListForAKey() {
      assertThat(saidOf("? [a]\n: b\n"))
          .isEqualTo("plan.yaml:1:3: a key must be a plain word, found a list");
    }

    @Test
    void hasNothingForAKey() {
      assertThat(saidOf("~: b\n"))
          .isEqualTo("plan.yaml:1:1: a key must be a plain word, found nothing");
    }

    @Test
    void usesTags() {
      assertThat(saidOf(Shop.with("shop-team", "!Ref Team")))
          .isEqualTo("plan.yaml:2:8: the tag '!Ref' means nothing in a plan: remove it");
      assertThat(saidOf(Shop.with("default: 2", "default: !!int 2")))
          .isEqualTo("plan.yaml:8:36: the tag '!!int' means nothing in a plan: remove it");
    }

    @Test
    void usesAnAliasOfNothing() {
      assertThat(saidOf(Shop.with("shop-team", "*team")))
          .isEqualTo("plan.yaml:2:8: the alias *team has no complete anchor above it");
    }

    @Test
    void isOfAnotherYaml() {
      assertThat(saidOf("%YAML 3.1\n---\n" + Shop.PLAN))
          .isEqualTo("plan.yaml:1:1: this is not YAML 1: remove the line %YAML");
    }
  }

  @Nested
  class ThatIsAPlanAllTheSame {
    @Test
    void beginsWithAByteOrderMark() throws IOException {
      assertThat(saidOf(("\uFEFF" + Shop.PLAN).getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void countsNoColumnForAByteOrderMark() {
      assertThat(saidOf("\uFEFF" + Shop.with("application: shop", "aplication: shop")))
          .isEqualTo("plan.yaml:1:1: unknown key 'aplication'; did you mean 'application'?");
    }

    @Test
    void endsItsLinesAsWindowsDoes() {
      assertThat(saidOf(Shop.PLAN.replace("\n", "\r\n"))).isEmpty();
    }

    @Test
    void hasTheSamePlacesWithLinesOfWindows() {
      assertThat(saidOf(Shop.with("expires: 30m", "expires: 30x").replace("\n", "\r\n")))
          .isEqualTo(saidOf(Shop.with("expires: 30m", "expires: 30x")))
          .isEqualTo(
              "plan.yaml:25:55: '30x' is not a duration such as 90s, 30m or 1h30m, in"
                  + " failover.approve.with.expires");
    }

    @Test
    void beginsAndEndsAsADocument() {
      assertThat(saidOf("---\n" + Shop.PLAN + "...\n")).isEmpty();
    }

    @Test
    void saysThingsOnceByAnchors() {
      String plan = Shop.with("\"Fail the shop over?\"", "&question \"Really?\"");
      assertThat(saidOf(plan.replace("\"Bring the shop home?\"", "*question"))).isEmpty();
    }

    @Test
    void isWrittenInAnyLanguage() {
      assertThat(saidOf(Shop.with("Fail the shop over?", "Laden umziehen? 店を移す? 🛒"))).isEmpty();
    }

    @Test
    void countsAnEmojiAsOneColumn() {
      assertThat(saidOf(Shop.with("\"Fail the shop over?\", expires: 30m", "\"🛒\", expires: 30x")))
          .startsWith("plan.yaml:25:37: '30x' is not a duration");
    }
  }
}
