package io.rekindle.starter.command;

import static io.rekindle.starter.CommandFixture.ROOT;
import static io.rekindle.starter.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.starter.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IamCommandTest {
  private static final String PLAN = example("visitor-counter");

  private static String example(String name) {
    return ROOT.resolve("examples/" + name + ".yaml").toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aurora-serverless",
        "iot-frugal",
        "iot-multi-region",
        "pilot-light-service",
        "visitor-counter"
      })
  void printsThePoliciesOfEveryExample(String name) {
    JsonNode told = run("iam", example(name), "--format", "json").exits(ExitCode.DONE).json();

    assertThat(told.path("policies"))
        .isNotEmpty()
        .allSatisfy(policy -> {
          assertThat(policy.path("size").asInt()).isBetween(1, 6_144);
          assertThat(policy.at("/document/Version").asText()).isEqualTo("2012-10-17");
        });
    assertThat(told.path("trust"))
        .allSatisfy(trust ->
            assertThat(trust.at("/document/Statement/0/Action").asText())
                .isEqualTo("sts:AssumeRole"));
  }

  @Test
  void saysOfEachActionWhereAndWhatFor() {
    assertThat(run("iam", PLAN, "--role", "fence").exits(ExitCode.DONE).out())
        .startsWith(
            """
            fence: a failover in the primary Region: fences, and whatever else looks or acts there
              rekindle-visitor-counter-fence (1,156 characters) is for
              arn:aws:iam::123456789012:role/rekindle-primary
              application-autoscaling:DescribeScalableTargets  fence (look)
                on *
            """)
        .contains(
            """
              ecs:UpdateService                                fence (scale; undo)
                on arn:aws:ecs:us-east-2:123456789012:service/lampstack-cluster/lampstack-service
            """)
        .contains("Beforehand, because IAM takes no change in a disaster")
        .doesNotContain("rds:RestoreDBInstanceFromDBSnapshot");
  }

  @Test
  void aRoleIsOneOfAFew() {
    assertThat(run("iam", PLAN, "--role", "admin").exits(ExitCode.BAD_INPUT).err())
        .contains("--role", "admin");
  }

  @Test
  void theTrustPolicyNamesTheWorkerThatIsGiven() {
    String worker = "arn:aws:iam::210987654321:role/worker";

    assertThat(
            run("iam", PLAN, "--principal", worker, "--output", "json")
                .exits(ExitCode.DONE)
                .json()
                .at("/trust/0/document/Statement/0/Principal/AWS")
                .asText())
        .isEqualTo(worker);
  }

  @Test
  void aValueThatAParameterDoesNotTakeIsRefused() {
    assertThat(run("iam", PLAN, "--set", "desired=many").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--set desired: expected a value of type integer, found 'many'.\n");
    assertThat(run("iam", PLAN, "--set", "desird=2").exits(ExitCode.BAD_INPUT).err())
        .contains("there is no parameter 'desird'. Did you mean 'desired'?");
  }
}
