package io.rekindle.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.simulator.ServiceData;
import io.rekindle.simulator.wire.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessTest {
  private static final ActionCatalogue AWS = ServiceData.actions();

  private static List<String> resources(String rule, Request request) {
    return Access.Rule.read(rule).of(request).map(Access::resource).toList();
  }

  @Test
  void everyActionThatIsWrittenDownExistsAndActsOnWhatIsWritten() {
    assertThat(Guard.RULES).isNotEmpty().flatExtracting(rule -> rule.faults(AWS)).isEmpty();
  }

  @Test
  void fieldsOfTheRequestNameTheResource() {
    assertThat(
            resources(
                "ecs DescribeServices ecs:DescribeServices service/{cluster=default}/{services}",
                Wire.json("ecs", "DescribeServices", "{'services': ['a', 'b']}")))
        .containsExactly(
            "arn:aws:ecs:us-west-2:123456789012:service/default/a",
            "arn:aws:ecs:us-west-2:123456789012:service/default/b");
    assertThat(
            resources(
                "s3 GetObject s3:GetObject arn:aws:s3:::{segment0}/{from1}",
                Wire.route53("GetObject", "/bucket/a/b")))
        .containsExactly("arn:aws:s3:::bucket/a/b");
  }

  @Test
  void anArnStandsForItself() {
    assertThat(
            resources(
                "rds ModifyDBInstance rds:ModifyDBInstance db:{DBInstanceIdentifier}",
                Wire.form("rds", "ModifyDBInstance", "DBInstanceIdentifier=arn:aws:rds:x:1:db:a")))
        .containsExactly("arn:aws:rds:x:1:db:a");
  }

  @Test
  void whatIsNotGivenIsAnyOrNone() {
    Request bare = Wire.form("rds", "ModifyDBInstance", "");
    assertThat(resources("rds ModifyDBInstance rds:ModifyDBInstance db:{X}", bare))
        .containsExactly("arn:aws:rds:us-west-2:123456789012:db:*");
    assertThat(resources("rds ModifyDBInstance rds:ModifyDBInstance db:{X?}", bare)).isEmpty();
  }
}
