package io.rekindle.starter.command;

import static io.rekindle.starter.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.door.FailoverRequest;
import io.rekindle.door.PlanAdmission;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever asks whether a run would be let in gets the answer of the one door: in the same words,
 * with the option and the place, before anything begins.
 */
class OneDoorTest {
  private static final String PLAN =
      """
      application: shop
      regions: { primary: us-east-2, recovery: [us-west-2, eu-west-1] }
      parameters:
        time: { type: string, default: 30m }
        platform: { type: string, default: ecs, oneOf: [ecs, eks] }
        tasks: { type: integer, default: 2 }
        own: { type: boolean, default: false }
        target: { type: string, default: shop-db }
      failover:
        - id: approve
          uses: approval
          with: { question: "Fail over?", expires: "${param.time}", requesterMayApprove: "${param.own}" }
        - id: database
          uses: rds.restoreInstance
          with:
            snapshot: { latestCopyOf: shop-db }
            target: "${param.target}"
            class: db.t3.medium
            subnetGroup: shop
            securityGroups: sg-1
            parameterGroup: shop-mysql8
        - id: orders
          uses: rds.restoreInstance
          with:
            snapshot: { latestCopyOf: orders-db }
            target: orders-db
            class: db.t3.medium
            subnetGroup: shop
            securityGroups: sg-1
            parameterGroup: shop-mysql8
        - id: data
          uses: verify.tcp
          with: { host: "${database.endpoint}", port: "${database.port}" }
        - id: service
          uses: ecs.scaleService
          when: { platform: ecs }
          with: { cluster: shop, service: web, desired: "${param.tasks}" }
      """;

  private static final List<String> BAD_TIMES =
      List.of(
          "", " ", "0s", "30", "30min", "30 m", "soon", "never", "-5m", "1.5h", "PT30M", "1m1h",
          "30m ", "m", "5", "1h-30m", "30M", "1y", "1w", "00:30", "null", "true");
  private static final List<String> BAD_PLATFORMS =
      List.of(
          "",
          " ",
          "ECS",
          "Ecs",
          "esc",
          "ecs ",
          " ecs",
          "ec",
          "ecss",
          "eks,ecs",
          "[ecs]",
          "1",
          "0",
          "null",
          "true",
          "false",
          "kubernetes",
          "lambda",
          "e",
          "*",
          "${param.time}");
  private static final List<String> BAD_NUMBERS =
      List.of(
          "",
          " ",
          "02",
          "+2",
          "-0",
          "2.0",
          "1e3",
          "0x10",
          "two",
          " 2",
          "2 ",
          "-1",
          "-5",
          "2147483648",
          "99999999999999999999",
          "true",
          "null",
          "1_000",
          "1,000",
          "٣",
          "NaN",
          "abc");
  private static final List<String> BAD_FLAGS =
      List.of(
          "", " ", "yes", "no", "True", "TRUE", "False", "1", "0", "on", "off", "y", "n", "t", "f",
          "truee", "true ", " true", "null", "2", "wahr");
  private static final List<String> BAD_TARGETS =
      List.of(
          "",
          " ",
          "shop_db",
          "1shop",
          "shop--db",
          "shop-",
          "-shop",
          "shop.db",
          "shop db",
          "läden",
          "shop/db",
          "shop:db",
          "s".repeat(57),
          "shop\tdb",
          "shop@db",
          "shop,db",
          "7",
          "true-",
          "${run}",
          "orders-db",
          "ORDERS-DB");

  @TempDir Path folder;
  private String file = "";

  @BeforeEach
  void writePlan() throws IOException {
    file = Files.writeString(folder.resolve("shop.yaml"), PLAN).toString();
  }

  private static Stream<Arguments> unfit() {
    return Stream.of(
            each("time", BAD_TIMES),
            each("platform", BAD_PLATFORMS),
            each("tasks", BAD_NUMBERS),
            each("own", BAD_FLAGS),
            each("target", BAD_TARGETS))
        .flatMap(all -> all);
  }

  private static Stream<Arguments> each(String parameter, List<String> values) {
    assertThat(values).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
    return values.stream().map(value -> Arguments.of(parameter, value));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void aBadValueIsRefusedInTheSameWordsWhereverItIsAsked(String parameter, String value) {
    List<String> sentences =
        new PlanAdmission()
            .admit(
                FailoverRequest.whole(
                    PlanReader.tree(PLAN), Mode.OUTAGE, Map.of(parameter, value), "test", "anna"));

    assertThat(sentences)
        .isNotEmpty()
        .allSatisfy(sentence -> assertThat(sentence).startsWith("--set " + parameter + ": "));
    assertSaid(sentences, "--set", parameter + "=" + value);
  }

  private void assertSaid(List<String> sentences, String... options) {
    assertThat(validated(options)).isEqualTo(sentences);
    assertThat(refused("request", options)).isEqualTo(sentences);
    assertThat(refused("failover", with("--yes", options))).isEqualTo(sentences);
    assertThat(refused("rehearse", options)).isEqualTo(sentences);
  }

  private static String[] with(String option, String... options) {
    return Stream.concat(Stream.of(option), Stream.of(options)).toArray(String[]::new);
  }

  private CommandFixture asked(String command, String... options) {
    return run(with(command, with(file, options))).exits(ExitCode.BAD_INPUT);
  }

  private List<String> refused(String command, String... options) {
    return asked(command, options).err().lines().toList();
  }

  /** Without places, and without the line that counts. */
  private List<String> validated(String... options) {
    List<String> lines = asked("validate", options).out().lines().toList();
    return lines.subList(0, lines.size() - 1).stream()
        .map(line -> line.replaceFirst("^\\Q" + file + "\\E:\\d+:\\d+: ", ""))
        .toList();
  }

  private static Stream<Arguments> otherOptions() {
    return Stream.of(
        Arguments.of(
            "--to: there is no recovery Region 'us-west-1'; did you mean 'us-west-2'?",
            new String[] {"--to", "us-west-1"}),
        Arguments.of(
            "--without approve: an approval cannot be left out",
            new String[] {"--without", "approve"}),
        Arguments.of(
            "--point database: expected an ARN such as"
                + " arn:aws:sns:us-west-2:123456789012:incidents, found 'newest'",
            new String[] {"--point", "database=newest"}),
        Arguments.of(
            "--point orders: this run leaves the step out",
            new String[] {
              "--without",
              "orders",
              "--point",
              "orders=arn:aws:rds:us-west-2:123456789012:snapshot:orders-1"
            }),
        Arguments.of(
            "--give: output 'port' of 'database' is a whole number, not 'abc'",
            leftOut("abc", "10.0.0.7")),
        Arguments.of("--give: output 'endpoint' of 'database' has no value", leftOut("3306", " ")),
        Arguments.of(
            "--give database.port: expected a whole number from 1 to 65535, found the number 99999,"
                + " in failover.data.with.port",
            leftOut("99999", "10.0.0.7")));
  }

  private static String[] leftOut(String port, String endpoint) {
    return new String[] {
      "--without", "database",
      "--give", "database.port=" + port,
      "--give", "database.endpoint=" + endpoint
    };
  }

  @ParameterizedTest
  @MethodSource("otherOptions")
  void everyOtherOptionIsToo(String sentence, String[] options) {
    assertSaid(List.of(sentence), options);
  }

  @Test
  void validationShowsWhereInThePlanTheValueGoes() {
    assertThat(asked("validate", "--set", "time=never", "--set", "tasks=-5").out().lines())
        .containsExactly(
            file
                + ":12:46: --set time: 'never' is not a duration such as 90s, 30m or 1h30m, in"
                + " failover.approve.with.expires",
            file
                + ":37:51: --set tasks: expected a whole number of at least 0, found the number -5,"
                + " in failover.service.with.desired",
            "2 problems in 1 of 1 plan.");
  }

  @Test
  void aGateThatWhoStartsTheRunWouldHaveToOpenIsRefused() throws IOException {
    Files.writeString(
        Path.of(file), PLAN.replace("expires: \"${param.time}\"", "approvers: [anna]"));
    String sentence =
        "--by anna: this gate could never open, because it needs 1 of anna, and whoever starts the"
            + " run does not count; let somebody else start it, in failover.approve";

    assertThat(validated("--by", "anna")).containsExactly(sentence);
    assertThat(refused("failover", "--yes", "--by", "anna")).containsExactly(sentence);
  }

  @Test
  void aPlanWithoutOptionsIsJudgedByItself() throws IOException {
    Files.writeString(Path.of(file), PLAN.replace("default: 2 }", "description: Tasks }"));

    run("validate", file).exits(ExitCode.DONE);
    assertThat(validated("--set", "own=true"))
        .containsExactly("--set: the parameter 'tasks' has no default; give it a value");
    run("validate", file, "--set", "tasks=3").exits(ExitCode.DONE);
  }
}
