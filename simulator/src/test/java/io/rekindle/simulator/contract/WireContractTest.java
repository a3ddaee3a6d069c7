package io.rekindle.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.simulator.ServiceData;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WireContractTest {
  private static final WireContract AWS = ServiceData.wire();
  private static final Request LOOK = Wire.form("rds", "DescribeDBInstances", "");
  private static final Request TASKS = Wire.json("ecs", "DescribeTasks", "{'tasks': ['1a2b']}");

  private static Reply instances(String content) {
    return Reply.xml(
        """
        <DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances>%s</DBInstances>\
        </DescribeDBInstancesResult><ResponseMetadata/></DescribeDBInstancesResponse>\
        """
            .formatted(content));
  }

  private static Reply refusedAs(int status, String code) {
    return Wire.refused(
        status, "<ErrorResponse><Error><Code>" + code + "</Code></Error></ErrorResponse>");
  }

  @Nested
  class AnAnswer {
    private void assertDiffers(Request request, Reply reply, String... sentences) {
      assertThat(AWS.differences(request, reply)).containsExactly(sentences);
    }

    @Test
    void thatIsAsTheModelHasItPasses() {
      assertDiffers(
          LOOK,
          instances(
              """
              <DBInstance><AllocatedStorage>20</AllocatedStorage><MultiAZ>false</MultiAZ>\
              <InstanceCreateTime>2026-01-02T03:04:05.678Z</InstanceCreateTime>\
              <Endpoint><Port>3306</Port></Endpoint></DBInstance>\
              """));
      assertDiffers(TASKS, Reply.json("{\"tasks\": [{\"createdAt\": 1.5, \"group\": null}]}"));
    }

    @Test
    void withAMemberThatIsInvented() {
      assertDiffers(
          LOOK,
          instances("<DBInstance><Endpoint><Prt>1</Prt></Endpoint></DBInstance>"),
          "rds DescribeDBInstances answered `DBInstances[].Endpoint.<Prt>`, which the model does"
              + " not know.");
      assertDiffers(
          TASKS,
          Reply.json("{\"tasks\": [{\"state\": \"RUNNING\"}]}"),
          "ecs DescribeTasks answered `tasks[].<state>`, which the model does not know.");
    }

    @Test
    void withoutItsWrapperOrWithMoreAroundIt() {
      assertDiffers(
          LOOK,
          Reply.xml("<DescribeDBInstancesResponse><DBInstances/></DescribeDBInstancesResponse>"),
          "rds DescribeDBInstances answered no `DescribeDBInstancesResult`, which the model"
              + " requires.",
          "rds DescribeDBInstances answered `<DBInstances>`, which the model does not know.");
    }

    @Test
    void withItemsByAnotherName() {
      assertDiffers(
          LOOK,
          instances("<member/>"),
          "rds DescribeDBInstances answered `DBInstances.<member>`, which is not how the model"
              + " names its items.");
    }

    @Test
    void withAWordThatIsNone() {
      assertDiffers(
          TASKS,
          Reply.json("{\"tasks\": [{\"healthStatus\": \"FINE\"}]}"),
          "ecs DescribeTasks answered `tasks[].healthStatus` = `FINE`, which is none of the model's"
              + " words.");
    }

    @Test
    void withAValueOfAnotherType() {
      assertDiffers(
          LOOK,
          instances("<DBInstance><MultiAZ>no</MultiAZ></DBInstance>"),
          "rds DescribeDBInstances answered `DBInstances[].MultiAZ`, which is no boolean.");
      assertDiffers(
          TASKS,
          Reply.json("{\"tasks\": [{\"createdAt\": \"2026-01-02\"}]}"),
          "ecs DescribeTasks answered `tasks[].createdAt`, which is no timestamp.");
    }

    @Test
    void thatLacksWhatTheModelRequires() {
      assertDiffers(
          Wire.route53("GetHostedZone", "/2013-04-01/hostedzone/Z1"),
          Reply.xml("<R><HostedZone><Id>Z1</Id><Name>a.</Name></HostedZone></R>"),
          "route53 GetHostedZone answered no `HostedZone.CallerReference`, which the model"
              + " requires.");
    }

    @Test
    void thatRefusesWithWhatIsNotDeclared() {
      assertDiffers(LOOK, refusedAs(404, "DBInstanceNotFound"));
      assertDiffers(LOOK, refusedAs(400, "Throttling"));
      assertDiffers(
          LOOK,
          refusedAs(404, "DBInstanceNotFoundFault"),
          "rds DescribeDBInstances answered `DBInstanceNotFoundFault`, an error that the model does"
              + " not declare.");
      assertDiffers(
          LOOK,
          refusedAs(400, "DBInstanceNotFound"),
          "rds DescribeDBInstances answered `DBInstanceNotFound`, with status 400 in place of"
              + " 404.");
      assertDiffers(
          TASKS,
          Wire.refused(400, "{'__type': 'com.amazonaws.ecs#NoSuchTask'}"),
          "ecs DescribeTasks answered `NoSuchTask`, an error that the model does not declare.");
    }
  }

  @Nested
  class ARequest {
    private void assertDiffers(Request request, String... sentences) {
      assertThat(AWS.differences(request, Reply.json("{}"))).containsExactly(sentences);
    }

    @Test
    void thatIsAsTheModelHasItPasses() {
      assertDiffers(
          Wire.json("ssm", "PutParameter", "{'Name': 'a', 'Value': 'b', 'Type': 'String'}"));
      assertThat(
              AWS.differences(
                  Wire.form(
                      "rds",
                      "DescribeDBInstances",
                      "Filters.Filter.1.Name=engine&Filters.Filter.1.Values.Value.1=mysql&MaxRecords=20"),
                  instances("")))
          .isEmpty();
    }

    @Test
    void withAMemberThatIsInvented() {
      assertThat(
              AWS.differences(
                  Wire.form("rds", "DescribeDBInstances", "Filters.Filter.1.Nme=engine"),
                  instances("")))
          .containsExactly(
              "rds DescribeDBInstances was asked with `Filters[].<Nme>`, which the model does not"
                  + " know.",
              "rds DescribeDBInstances was asked with no `Filters[].Name`, which the model"
                  + " requires.",
              "rds DescribeDBInstances was asked with no `Filters[].Values`, which the model"
                  + " requires.");
    }

    @Test
    void withAWordThatIsNoneOrWithoutWhatIsRequired() {
      assertDiffers(
          Wire.json("ssm", "PutParameter", "{'Name': 'a', 'Type': 'Text'}"),
          "ssm PutParameter was asked with `Type` = `Text`, which is none of the model's words.",
          "ssm PutParameter was asked with no `Value`, which the model requires.");
    }

    @Test
    void forAnOperationThatIsNone() {
      assertDiffers(
          Wire.json("ssm", "SetParameter", "{}"),
          "ssm SetParameter is no operation that a model knows.");
    }
  }
}
