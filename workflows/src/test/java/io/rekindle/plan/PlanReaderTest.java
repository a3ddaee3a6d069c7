package io.rekindle.plan;

import static io.rekindle.plan.Shop.problemsOf;
import static io.rekindle.plan.Shop.problemsWith;
import static io.rekindle.plan.Shop.with;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.PlanReader.PlanProblem;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlanReaderTest {

  @Test
  void findsNothingWrongWithASoundPlan() {
    assertThat(problemsOf(Shop.PLAN)).isEmpty();
  }

  @Test
  void givesAPlanExactlyWhenNothingIsWrong() {
    assertThat(PlanReader.read("plan", Shop.PLAN).plan()).isPresent();
    assertThat(PlanReader.read("plan", with("rto", "rot")).plan()).isEmpty();
  }

  @Test
  void reportsTwelveMistakesInOneGo() {
    String plan =
        """
        application: shop
        regions:
          primary: us-east-1
          recovery: us-wset-2
        objectives: { rto: 30 }
        parameters:
          tasks: { type: integer, default: two }
        stores:
          - { id: orders, copy: none }
        failover:
          - id: approve
            uses: approval
            with: { question: "Fail the shop over?" }
          - id: database
            uses: rds.restorInstance
            with: { target: shop-db }
          - id: service
            uses: ecs.scaleService
            with: { cluster: shop, desired: "${param.task}" }
          - id: service
            uses: verify.tcp
            with: { host: "${databse.endpoint}", port: 443 }
          - id: dns
            uses: route53.upsert
            onFailur: abort
            with: { zone: Z1, record: shop.example.com, values: 10.0.0.1 }
        drills:
          - { name: weekly, cron: "0 3 * *" }
        """;
    assertThat(
            PlanReader.read("shop.yaml", plan).problems().stream()
                .map(PlanProblem::toString)
                .collect(joining("\n")))
        .isEqualTo(
            """
            shop.yaml:4:13: 'us-wset-2' is not a Region such as us-west-2, in regions.recovery.1.region; did you mean 'us-west-2'?
            shop.yaml:5:20: expected a duration such as 90s, 30m or 1h30m, found the number 30, in objectives.rto
            shop.yaml:7:36: expected a value of type integer, found 'two', in parameters.tasks
            shop.yaml:9:25: 'copy: none' needs 'accepted', the reason why this data may be lost, in stores.orders
            shop.yaml:15:11: unknown kind 'rds.restorInstance', in failover.database; did you mean 'rds.restoreInstance'?
            shop.yaml:19:11: missing 'service' (The service, by its name.), in failover.service.with
            shop.yaml:19:38: the parameter 'task' is not declared, in failover.service.with.desired; did you mean 'tasks'?
            shop.yaml:20:9: the id 'service' is given twice; the first is at 17:9, in failover
            shop.yaml:22:20: there is no step 'databse' to read from, in failover.service.with.host; did you mean 'database'?
            shop.yaml:23:5: 'dns' moves traffic, but nothing verifies it afterwards, in failover.dns
            shop.yaml:25:5: unknown key 'onFailur', in failover.dns; did you mean 'onFailure'?
            shop.yaml:28:27: '0 3 * *' has 4 cron fields instead of five (minute hour day month weekday), in drills.weekly.cron\
            """);
  }

  @Nested
  class Keys {
    @Test
    void namesTheNearestField() {
      assertThat(problemsWith("owner: shop-team", "»ownr: shop-team"))
          .isEqualTo("» unknown key 'ownr'; did you mean 'owner'?");
    }

    @Test
    void namesTheNearestFieldOfAKind() {
      assertThat(problemsWith("expires: 30m", "»expire: 30m"))
          .isEqualTo("» unknown key 'expire', in failover.approve.with; did you mean 'expires'?");
    }

    @Test
    void namesTheNearestFieldOfAStep() {
      assertThat(problemsWith("timeZone: UTC", "»timezone: UTC"))
          .isEqualTo("» unknown key 'timezone', in drills.daily; did you mean 'timeZone'?");
    }

    @Test
    void listsTheKnownFieldsWhereNoneIsNear() {
      assertThat(problemsWith("rpo: 1h", "»losable: 1h"))
          .isEqualTo("» unknown key 'losable'; known are rto, rpo, in objectives");
    }

    @Test
    void saysWhatAMissingFieldIsFor() {
      assertThat(problemsWith("subnetGroup: shop-dr\n", "\n"))
          .isEqualTo(
              "29:7: missing 'subnetGroup' (The DB subnet group, in this Region.), in"
                  + " failover.database.with");
    }

    @Test
    void missesAFieldOfTheWholePlan() {
      assertThat(problemsWith("application: shop\n", ""))
          .isEqualTo(
              "1:1: missing 'application' (The application's name; the workflow that recovers it is"
                  + " failover/<application>.)");
    }

    @Test
    void refusesAKeyWrittenTwice() {
      assertThat(
              problemsWith(
                  "owner: shop-team\n",
                  """
                  owner: shop-team
                  »application: store
                  """))
          .isEqualTo("» the key 'application' is written twice; the first is at 1:1");
    }

    @Test
    void refusesAKeyWrittenTwiceInAStep() {
      assertThat(
              problemsWith(
                  "    uses: verify.sql\n",
                  """
                      uses: verify.sql
                      »id: facts
                  """))
          .isEqualTo("» the key 'id' is written twice; the first is at 35:5");
    }

    @Test
    void refusesBothFormsOfAChoice() {
      assertThat(
              problemsWith(
                  "snapshot: { latestCopyOf: shop-db }",
                  "snapshot: »{ latestCopyOf: shop-db, arn: x }"))
          .isEqualTo(
              "» expected only one of latestCopyOf, arn, in failover.database.with.snapshot");
    }

    @Test
    void namesTheFormsOfAChoice() {
      assertThat(problemsWith("snapshot: { latestCopyOf: shop-db }", "snapshot: »shop-db"))
          .isEqualTo(
              "» expected one of latestCopyOf, arn, found 'shop-db', in"
                  + " failover.database.with.snapshot");
    }

    @Test
    void namesTheNearestFormOfAChoice() {
      assertThat(
              problemsWith(
                  "snapshot: { latestCopyOf: shop-db }", "snapshot: { »latestCopyof: shop-db }"))
          .isEqualTo(
              "» expected one of latestCopyOf, arn, in failover.database.with.snapshot; did you"
                  + " mean 'latestCopyOf'?");
    }
  }

  @Nested
  class Values {
    @Test
    void expectsANumber() {
      assertThat(problemsWith("desired: \"${param.tasks}\"", "desired: »lots"))
          .isEqualTo(
              "» expected a whole number of at least 0, found 'lots', in"
                  + " failover.service.with.desired");
    }

    @Test
    void expectsAWholeNumber() {
      assertThat(problemsWith("desired: \"${param.tasks}\"", "desired: »2.5"))
          .isEqualTo(
              "» expected a whole number of at least 0, found the number 2.5, in"
                  + " failover.service.with.desired");
    }

    @Test
    void takesNoTextForANumber() {
      assertThat(problemsWith("expires: 30m", "quorum: »\"2\""))
          .isEqualTo(
              "» expected a whole number from 1 to 9, found '2', in failover.approve.with.quorum");
    }

    @Test
    void refusesANumberThatIsTooSmall() {
      assertThat(problemsWith("desired: \"${param.tasks}\"", "desired: »-1"))
          .isEqualTo(
              "» expected a whole number of at least 0, found the number -1, in"
                  + " failover.service.with.desired");
    }

    @Test
    void refusesANumberThatIsTooLarge() {
      assertThat(problemsWith("expires: 30m", "quorum: »10"))
          .isEqualTo(
              "» expected a whole number from 1 to 9, found the number 10, in"
                  + " failover.approve.with.quorum");
    }

    @Test
    void refusesANumberThatNoMachineHolds() {
      assertThat(problemsWith("desired: \"${param.tasks}\"", "desired: »99999999999999999999"))
          .isEqualTo(
              "» expected a whole number of at least 0, found the number 99999999999999999999, in"
                  + " failover.service.with.desired");
    }

    @Test
    void expectsTrueOrFalse() {
      assertThat(problemsWith("expires: 30m", "requesterMayApprove: »yes"))
          .isEqualTo(
              "» expected true or false, found 'yes', in"
                  + " failover.approve.with.requesterMayApprove");
    }

    @Test
    void asksForQuotesAroundATextOfDigits() {
      assertThat(problemsWith("owner: shop-team", "owner: »42"))
          .isEqualTo("» expected text, found the number 42 (put it in quotes: \"42\"), in owner");
    }

    @Test
    void expectsTextWhereNothingIsWritten() {
      assertThat(problemsWith("owner: shop-team", "owner:»"))
          .isEqualTo("» expected text, found nothing, in owner");
    }

    @Test
    void expectsOneValueAndNoList() {
      assertThat(problemsWith("owner: shop-team", "owner: »[a, b]"))
          .isEqualTo("» expected text, found a list, in owner");
    }

    @Test
    void expectsAGroupOfFields() {
      assertThat(problemsWith("objectives: { rto: 30m, rpo: 1h }", "objectives: »30m"))
          .isEqualTo("» expected a group of fields, found '30m', in objectives");
    }

    @Test
    void expectsAGroupOfFieldsForAStep() {
      assertThat(
              problemsWith(
                  "  - id: service\n",
                  """
                    - »restart everything
                    - id: service
                  """))
          .isEqualTo("» expected a group of fields, found 'restart everything', in failover.4");
    }

    @Test
    void namesTheNearestWord() {
      assertThat(
              problemsWith(
                  "with: { zone: Z1, record: shop.example.com, alias",
                  "onFailure: »abrot\n    with: { zone: Z1, record: shop.example.com, alias"))
          .isEqualTo(
              "» expected one of ask, abort, found 'abrot', in failover.dns.onFailure; did you mean"
                  + " 'abort'?");
    }

    @Test
    void refusesADurationWithoutAUnit() {
      assertThat(problemsWith("rto: 30m", "rto: »30"))
          .isEqualTo(
              "» expected a duration such as 90s, 30m or 1h30m, found the number 30, in"
                  + " objectives.rto");
    }

    @Test
    void refusesADurationOfAnUnknownUnit() {
      assertThat(problemsWith("rto: 30m", "rto: »30min"))
          .isEqualTo("» '30min' is not a duration such as 90s, 30m or 1h30m, in objectives.rto");
    }

    @Test
    void refusesACronOfFourFields() {
      assertThat(problemsWith("cron: \"0 3 * * SUN\"", "cron: »\"0 3 * *\""))
          .isEqualTo(
              "» '0 3 * *' has 4 cron fields instead of five (minute hour day month weekday), in"
                  + " drills.weekly.cron");
    }

    @Test
    void refusesACronOfAnHourThatDoesNotExist() {
      assertThat(problemsWith("cron: \"0 3 * * SUN\"", "cron: »\"0 25 * * SUN\""))
          .isEqualTo("» '0 25 * * SUN' has '25' as its hour (0 to 23), in drills.weekly.cron");
    }

    @Test
    void refusesATimeZoneNobodyKnows() {
      assertThat(problemsWith("timeZone: UTC", "timeZone: »Europe/Berlyn"))
          .isEqualTo(
              "» 'Europe/Berlyn' is not a time zone such as Europe/Berlin, in"
                  + " drills.daily.timeZone");
    }

    @Test
    void refusesAnArnWithoutItsParts() {
      assertThat(
              problemsWith(
                  "topic: \"arn:aws:sns:us-west-2:123456789012:incidents\"",
                  "topic: »\"arn:aws:sns:incidents\""))
          .isEqualTo(
              "» 'arn:aws:sns:incidents' is not an ARN such as"
                  + " arn:aws:sns:us-west-2:123456789012:incidents, in notify.with.topic");
    }

    @Test
    void namesTheNearestRegionOfAnArn() {
      assertThat(
              problemsWith(
                  "topic: \"arn:aws:sns:us-west-2:123456789012:incidents\"",
                  "topic: »\"arn:aws:sns:us-wset-2:123456789012:incidents\""))
          .isEqualTo(
              "» 'arn:aws:sns:us-wset-2:123456789012:incidents' is not a Region such as us-west-2,"
                  + " in notify.with.topic; did you mean 'us-west-2'?");
    }

    @Test
    void refusesAUrlWithoutItsScheme() {
      assertThat(
              problemsWith(
                  "      with: { url: \"https://shop.example.com/health\" }\nfailover",
                  "      with: { url: »shop.example.com/health }\nfailover"))
          .isEqualTo(
              "» 'shop.example.com/health' is not a URL such as https://www.example.com/health, in"
                  + " assess.probes.site.with.url");
    }

    @Test
    void refusesAnEmptyList() {
      assertThat(problemsWith("class: [db.t3.micro]", "class: »[]"))
          .isEqualTo("» the list is empty, in failover.database.with.class");
    }

    @Test
    void refusesAPlanWithoutProbesUnderAssess() {
      assertThat(
              problemsWith(
                  """
                    probes:
                      - id: site
                        uses: probe.http
                        with: { url: "https://shop.example.com/health" }
                  """,
                  "  probes: »[]\n"))
          .isEqualTo("» the list is empty, in assess.probes");
    }

    @Test
    void refusesATimeoutOfNothing() {
      assertThat(problemsWith("modes: [outage, planned]", "timeout: »0s"))
          .isEqualTo("» a timeout must be longer than 0s, in failover.public");
    }

    @Test
    void refusesWhatTheKindRefuses() {
      assertThat(problemsWith("expires: 30m", "approvers: [ann], quorum: 2"))
          .isEqualTo(
              "25:11: quorum 2 cannot be reached by the approvers named, in failover.approve.with");
    }

    @Test
    void refusesAQuestionThatExpiresAtOnce() {
      assertThat(problemsWith("expires: 30m", "expires: 0s"))
          .isEqualTo(
              "25:11: a question stays open for 1m to 7d, so that people can read what they decide"
                  + " on, in failover.approve.with");
    }
  }

  @Nested
  class Ids {
    @Test
    void refusesTheIdOfAnotherStep() {
      assertThat(problemsWith("  - id: at-home\n", "  - id: »database\n"))
          .isEqualTo("» the id 'database' is given twice; the first is at 26:9, in failback");
    }

    @Test
    void refusesTheIdOfAProbe() {
      assertThat(problemsWith("  - id: service\n", "  - id: »site\n"))
          .isEqualTo("» the id 'site' is given twice; the first is at 19:11, in failover");
    }

    @Test
    void refusesTheNameOfAnotherDrill() {
      assertThat(problemsWith("name: daily", "name: »weekly"))
          .isEqualTo("» the name 'weekly' is given twice; the first is at 63:11, in drills");
    }

    @Test
    void refusesTheIdOfAnotherStore() {
      assertThat(problemsWith("id: sessions", "id: »orders"))
          .isEqualTo("» the id 'orders' is given twice; the first is at 11:11, in stores");
    }

    @Test
    void keepsTheWordsOfExpressions() {
      assertThat(problemsWith("  - id: service\n", "  - id: »primary\n"))
          .isEqualTo("» the id 'primary' is reserved for expressions, in failover");
    }

    @Test
    void refusesAnIdThatNoExpressionCouldName() {
      assertThat(problemsWith("  - id: service\n", "  - id: »my service\n"))
          .isEqualTo(
              "» 'my service' is not a name: use letters, digits and '-', begin with a letter, at"
                  + " most 63 in all, in failover");
    }

    @Test
    void refusesAnApplicationThatNoWorkflowIdCouldName() {
      assertThat(problemsWith("application: shop", "application: »shop/eu"))
          .isEqualTo(
              "» 'shop/eu' is not a name: use letters, digits and '-', begin with a letter, at most"
                  + " 63 in all, in application");
    }

    @Test
    void refusesAParameterThatNoExpressionCouldName() {
      assertThat(problemsWith("  platform: {", "  »the platform: {"))
          .isEqualTo(
              "» 'the platform' is not a name: use letters, digits and '-', begin with a letter, at"
                  + " most 63 in all, in parameters");
    }
  }

  @Nested
  class Order {
    @Test
    void namesTheNearestStep() {
      assertThat(
              problemsWith(
                  "  - id: service\n",
                  """
                    - id: service
                      needs: [»databse]
                  """))
          .isEqualTo(
              "» there is no step 'databse', in failover.service.needs; did you mean 'database'?");
    }

    @Test
    void needsNoStepOfTheOtherSection() {
      assertThat(
              problemsWith(
                  "  - id: service\n",
                  """
                    - id: service
                      needs: [»home]
                  """))
          .isEqualTo(
              "» 'home' is a step of failback; needs names steps of failover, in"
                  + " failover.service.needs");
    }

    @Test
    void refusesACycle() {
      assertThat(
              problemsWith(
                  "  - id: service\n",
                  """
                    - id: service
                      needs: »[public]
                  """))
          .isEqualTo(
              "» these steps wait for each other: dns -> public -> service -> dns, in failover");
    }

    @Test
    void refusesAStepThatNeedsItself() {
      assertThat(
              problemsWith(
                  "  - id: service\n",
                  """
                    - id: service
                      needs: »[service]
                  """))
          .isEqualTo("» these steps wait for each other: service -> service, in failover");
    }
  }

  @Nested
  class Expressions {
    @Test
    void readsNoStepThatRunsLater() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"»${dns.record}\", desired: 2 }"))
          .isEqualTo(
              "» step 'dns' may not be done before 'service': add it to needs, in"
                  + " failover.service.with.service");
    }

    @Test
    void readsNoStepThatMayRunAtTheSameTime() {
      assertThat(
              problemsWith(
                  "    uses: verify.sql\n",
                  """
                      needs: [approve]
                      uses: verify.sql
                  """))
          .isEqualTo(
              "38:32: step 'database' may not be done before 'data': add it to needs, in"
                  + " failover.data.with.url");
    }

    @Test
    void readsNotItself() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"»${service.cluster}\", desired: 2 }"))
          .isEqualTo("» step 'service' reads its own output, in failover.service.with.service");
    }

    @Test
    void namesTheNearestStepToRead() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"»${databas.arn}\", desired: 2 }"))
          .isEqualTo(
              "» there is no step 'databas' to read from, in failover.service.with.service; did you"
                  + " mean 'database'?");
    }

    @Test
    void namesTheNearestWordToRead() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"»${parm.tasks}\", desired: 2 }"))
          .isEqualTo(
              "» there is no step 'parm' to read from, in failover.service.with.service; did you"
                  + " mean 'param'?");
    }

    @Test
    void namesTheNearestOutput() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"web-»${database.instanz}\", desired: 2 }"))
          .isEqualTo(
              "» step 'database' has no output 'instanz'; it has instance, endpoint, arn, port,"
                  + " recoveryPoint, in failover.service.with.service; did you mean 'instance'?");
    }

    @Test
    void readsNothingOfAStepWithoutOutputs() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"»${approve.answer}\", desired: 2 }"))
          .isEqualTo(
              "» step 'approve' has no output 'answer'; approval has none, in"
                  + " failover.service.with.service");
    }

    @Test
    void standsAtTheExpressionThatIsWrong() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"${database.port}-»${database.prt}\", desired:"
                      + " 2 }"))
          .isEqualTo(
              "» step 'database' has no output 'prt'; it has instance, endpoint, arn, port,"
                  + " recoveryPoint, in failover.service.with.service; did you mean 'port'?");
    }

    @Test
    void readsNoStepOfFailbackInFailover() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"»${home.record}\", desired: 2 }"))
          .isEqualTo(
              "» failover cannot read 'home', a step of failback, in"
                  + " failover.service.with.service");
    }

    @Test
    void readsNoStepInAProbe() {
      assertThat(
              problemsWith(
                  "      with: { url: \"https://shop.example.com/health\" }\nfailover",
                  "      with: { url: \"https://»${database.endpoint}/\" }\nfailover"))
          .isEqualTo(
              "» a probe runs outside the steps and cannot read 'database', in"
                  + " assess.probes.site.with.url");
    }

    @Test
    void readsNoStepInAMessage() {
      assertThat(problemsWith("123456789012:incidents", "123456789012:»${database.instance}"))
          .isEqualTo(
              "» a message runs outside the steps and cannot read 'database', in"
                  + " notify.with.topic");
    }

    @Test
    void isClosed() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"web »${database\", desired: 2 }"))
          .isEqualTo("» '${' is never closed, in failover.service.with.service");
    }

    @Test
    void readsSomethingOfAStep() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"»${database}\", desired: 2 }"))
          .isEqualTo(
              "» '${database}' names no field: write ${database.name}, in"
                  + " failover.service.with.service");
    }

    @Test
    void hasTwoWordsAtMost() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"»${database.instance.name}\", desired: 2 }"))
          .isEqualTo(
              "» '${database.instance.name}' is not an expression: write ${step.output},"
                  + " ${param.name}, ${primary.value}, ${recovery.value} or ${run}, in"
                  + " failover.service.with.service");
    }

    @Test
    void readsNoPartOfTheRun() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"»${run.id}\", desired: 2 }"))
          .isEqualTo(
              "» '${run.id}' names a part of the run, which has none: write ${run}, in"
                  + " failover.service.with.service");
    }

    @Test
    void namesTheNearestParameter() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: web, desired: \"»${param.task}\" }"))
          .isEqualTo(
              "» the parameter 'task' is not declared, in failover.service.with.desired; did you"
                  + " mean 'tasks'?");
    }

    @Test
    void fitsWhereItStands() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: web, desired: »\"${param.platform}\" }"))
          .isEqualTo(
              "» expected a whole number of at least 0, found 'ecs', in"
                  + " failover.service.with.desired");
    }

    @Test
    void makesAValueOfTheRightForm() {
      assertThat(
              problemsWith(
                  "jdbc:mysql://${database.endpoint}/shop", "jdbc:mysql:${database.port}/shop"))
          .isEqualTo(
              "37:18: 'jdbc:mysql:3306/shop' is not a database URL such as"
                  + " jdbc:mysql://host:3306/database (mysql, mariadb or postgresql), in"
                  + " failover.data.with.url");
    }

    @Test
    void namesTheNearestValueOfARegion() {
      assertThat(
              problemsWith("target: \"${recovery.balancer}\"", "target: \"»${recovery.balancr}\""))
          .isEqualTo(
              "» Region us-west-2 has no value 'balancr', in failover.dns.with.alias.target;"
                  + " did you mean 'balancer'?");
    }

    @Test
    void readsTheValuesOfTheRightRegion() {
      assertThat(problemsWith("target: \"${recovery.balancer}\"", "target: \"»${primary.zone}\""))
          .isEqualTo("» Region us-east-1 has no value 'zone', in failover.dns.with.alias.target");
    }

    @Test
    void knowsTheRegionsName() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service:"
                      + " \"web-${recovery.region}-${primary.region}-${run}\", desired: 2 }"))
          .isEmpty();
    }

    @Test
    void staysTextAfterTwoDollars() {
      assertThat(
              problemsWith(
                  "with: { cluster: shop, service: web, desired: \"${param.tasks}\" }",
                  "with: { cluster: shop, service: \"$${database\", desired: 2 }"))
          .isEmpty();
    }
  }

  @Nested
  class AnOutputOfAStepThatMayBeLeftOut {
    @Test
    void isNotReadInAModeWithoutTheStep() {
      assertThat(
              problemsWith(
                  """
                    - id: database
                      uses: rds.restoreInstance
                  """,
                  """
                    - id: database
                      uses: rds.restoreInstance
                      modes: [outage, drill]
                  """))
          .isEqualTo(
              """
              11:25: step 'database' might not restore the data: some failovers do not run it, in stores.orders
              38:32: step 'database' does not run in mode planned, but its reader does, in failover.data.with.url
              56:24: failback cannot read 'database', because not every failover runs it, in failback.freeze.with.instance\
              """);
    }

    @Test
    void isNotReadWithoutItsCondition() {
      assertThat(
              problemsWith(
                  """
                    - id: database
                      uses: rds.restoreInstance
                  """,
                  """
                    - id: database
                      uses: rds.restoreInstance
                      when: { platform: ecs }
                  """))
          .isEqualTo(
              """
              11:25: step 'database' might not restore the data: some failovers do not run it, in stores.orders
              38:32: step 'database' depends on its 'when'; give the same 'when' to the step that reads it, in failover.data.with.url
              56:24: failback cannot read 'database', because not every failover runs it, in failback.freeze.with.instance\
              """);
    }

    @Test
    void isNotReadWhenTheStepIsBestEffort() {
      assertThat(
              problemsWith(
                  """
                    - id: database
                      uses: rds.restoreInstance
                  """,
                  """
                    - id: database
                      uses: rds.restoreInstance
                      bestEffort: true
                  """))
          .isEqualTo(
              """
              11:25: step 'database' might not restore the data: some failovers do not run it, in stores.orders
              38:32: step 'database' is best effort and may have no outputs, in failover.data.with.url
              56:24: step 'database' is best effort and may have no outputs, in failback.freeze.with.instance\
              """);
    }

    @Test
    void isNotReadWhenTheStepIsAFence() {
      String fence =
          """
            - id: fence
              uses: ecs.scaleService
              region: primary
              fence: true
              with: { cluster: shop, service: web, desired: 0 }
            - id: service
              uses: ecs.scaleService
              with: { cluster: "»${fence.cluster}", service: web, desired: 2 }
            - id: dns
          """;
      assertThat(
              problemsOf(
                  with("  - id: service\n", "  - id: former\n").replace("  - id: dns\n", fence)))
          .isEqualTo(
              "» step 'fence' is best effort and may have no outputs, in"
                  + " failover.service.with.cluster");
    }

    @Test
    void isReadUnderTheSameCondition() {
      String conditional =
          """
            - id: other
              uses: ecs.scaleService
              when: { platform: eks }
              with: { cluster: shop, service: other, desired: 2 }
            - id: reader
              uses: verify.tcp
              when: { platform: %s }
              with: { host: "»${other.service}", port: 80 }
            - id: dns
          """;
      assertThat(problemsWith("  - id: dns\n", conditional.formatted("eks"))).isEmpty();
      assertThat(problemsWith("  - id: dns\n", conditional.formatted("ecs")))
          .isEqualTo(
              "» step 'other' depends on its 'when'; give the same 'when' to the step that"
                  + " reads it, in failover.reader.with.host");
    }

    @Test
    void isReadInTheModesTheStepRunsIn() {
      String conditional =
          """
            - id: other
              uses: ecs.scaleService
              modes: [planned, drill]
              with: { cluster: shop, service: other, desired: 2 }
            - id: reader
              uses: verify.tcp
              modes: [planned]
              with: { host: "${other.service}", port: 80 }
            - id: dns
          """;
      assertThat(problemsWith("  - id: dns\n", conditional)).isEmpty();
    }

    @Test
    void isReadInFailbackWhenEveryFailoverRunsTheStep() {
      String reader =
          """
            - id: at-home
              uses: verify.http
              with: { url: "https://shop.example.com/health", expect: "${public.status}" }
          drills:
          """;
      assertThat(
              problemsWith(
                  """
                    - id: at-home
                      uses: verify.http
                      with: { url: "https://shop.example.com/health" }
                  drills:
                  """,
                  reader))
          .isEmpty();
    }
  }

  @Nested
  class KindsOfStep {
    @Test
    void namesTheNearestKind() {
      assertThat(problemsWith("uses: rds.restoreInstance", "uses: »rds.restorInstance"))
          .isEqualTo(
              "» unknown kind 'rds.restorInstance', in failover.database; did you mean"
                  + " 'rds.restoreInstance'?");
    }

    @Test
    void findsAKindByItsVerbAlone() {
      assertThat(problemsWith("uses: rds.restoreInstance", "uses: »restoreInstance"))
          .isEqualTo(
              "» unknown kind 'restoreInstance', in failover.database; did you mean"
                  + " 'rds.restoreInstance'?");
    }

    @Test
    void suggestsOnlyProbesForAProbe() {
      assertThat(problemsWith("uses: probe.http", "uses: »prove.http"))
          .isEqualTo(
              "» unknown kind 'prove.http', in assess.probes.site; did you mean 'probe.http'?");
    }

    @Test
    void suggestsOnlyMessagesForAMessage() {
      assertThat(problemsWith("uses: notify.sns", "uses: »notify.sqs"))
          .isEqualTo("» unknown kind 'notify.sqs', in notify; did you mean 'notify.sns'?");
    }

    @Test
    void suggestsNothingWhereNothingIsNear() {
      assertThat(problemsWith("uses: rds.restoreInstance", "uses: »frobnicate"))
          .isEqualTo("» unknown kind 'frobnicate', in failover.database");
    }

    @Test
    void keepsProbesUnderAssess() {
      assertThat(problemsWith("uses: ecs.scaleService", "uses: »probe.http"))
          .isEqualTo("» probe.http is a probe: it belongs under assess, in failover.service");
    }

    @Test
    void keepsChangesOutOfAssess() {
      assertThat(problemsWith("uses: probe.http", "uses: »ecs.scaleService"))
          .isEqualTo(
              "» ecs.scaleService is not a probe; assess takes probes, in assess.probes.site");
    }

    @Test
    void keepsOtherThingsOutOfNotify() {
      assertThat(problemsWith("uses: notify.sns", "uses: »verify.http"))
          .isEqualTo("» verify.http is not a message; notify takes messages, in notify");
    }

    @Test
    void takesNoRegionForAGlobalKind() {
      assertThat(problemsWith("  - id: dns\n", "  - id: dns\n    region: »recovery\n"))
          .isEqualTo("» route53.upsert belongs to no Region: remove 'region', in failover.dns");
    }

    @Test
    void takesASideAndNoRegionName() {
      assertThat(problemsWith("region: recovery", "region: »us-west-2"))
          .isEqualTo(
              "» expected one of primary, recovery, found 'us-west-2', in failback.freeze.region");
    }

    @Test
    void makesNoFenceOfAnApproval() {
      assertThat(
              problemsWith(
                  "  - id: approve\n",
                  """
                    - id: approve
                      fence: »true
                  """))
          .isEqualTo("» approval cannot be a fence, in failover.approve");
    }

    @Test
    void makesNoApprovalBestEffort() {
      assertThat(
              problemsWith(
                  "  - id: approve\n",
                  """
                    - id: approve
                      bestEffort: »true
                  """))
          .isEqualTo("» approval cannot be best effort, in failover.approve");
    }
  }

  @Nested
  class RegionsOfThePlan {
    @Test
    void suggestsTheNearestRegion() {
      assertThat(problemsWith("region: us-west-2", "region: »us-wset-2"))
          .isEqualTo(
              "» 'us-wset-2' is not a Region such as us-west-2, in regions.recovery.1.region; did"
                  + " you mean 'us-west-2'?");
    }

    @Test
    void areDifferent() {
      assertThat(problemsWith("region: us-west-2", "region: »us-east-1"))
          .isEqualTo("» Region us-east-1 is named twice; recovery needs another one, in regions");
    }

    @Test
    void areDifferentInAListToo() {
      assertThat(
              problemsWith(
                  "  recovery: { region: us-west-2, values: { balancer:"
                      + " shop.us-west-2.elb.amazonaws.com, zone: Z2 } }",
                  "  recovery: [{ region: us-west-2, values: &same { balancer:"
                      + " shop.us-west-2.elb.amazonaws.com, zone: Z2 } }, { region: eu-west-1,"
                      + " values: *same }, { region: »us-west-2, values: *same }]"))
          .isEqualTo("» Region us-west-2 is named twice; recovery needs another one, in regions");
    }

    @Test
    void haveNoValueCalledRegion() {
      assertThat(
              problemsWith(
                  "values: { balancer: shop.us-east-1",
                  "values: { »region: home, balancer: shop.us-east-1"))
          .isEqualTo("» 'region' is reserved for the Region's name, in regions");
    }

    @Test
    void haveAllValuesThatAreRead() {
      assertThat(problemsWith("zone: Z2 } }", "zone: Z2 } }\n  other: x"))
          .isEqualTo("6:3: unknown key 'other'; known are primary, recovery, in regions");
    }

    @Test
    void allHaveWhatIsRead() {
      assertThat(
              problemsWith(
                  "  recovery: { region: us-west-2, values: { balancer:"
                      + " shop.us-west-2.elb.amazonaws.com, zone: Z2 } }",
                  "  recovery: [{ region: us-west-2, values: { balancer:"
                      + " shop.us-west-2.elb.amazonaws.com, zone: Z2 } }, { region: eu-west-1,"
                      + " values: { balancer: shop.eu-west-1.elb.amazonaws.com } }]"))
          .isEqualTo(
              "43:97: Region eu-west-1 has no value 'zone', in failover.dns.with.alias.zone");
    }

    @Test
    void haveValuesThatFit() {
      assertThat(problemsWith("zone: Z2 }", "zone: other }"))
          .isEqualTo(
              "43:96: 'other' is not a hosted zone id such as Z0123456789ABCDEFGHIJ (without"
                  + " /hostedzone/), in failover.dns.with.alias.zone");
    }

    @Test
    void mustBeThere() {
      assertThat(
              problemsWith(
                  "  primary: { region: us-east-1, values: { balancer:"
                      + " shop.us-east-1.elb.amazonaws.com } }\n",
                  ""))
          .isEqualTo("4:3: missing 'primary' (Where the application runs every day.), in regions");
    }
  }

  @Nested
  class Parameters {
    @Test
    void haveATypeThatExists() {
      assertThat(problemsWith("type: integer", "type: »integr"))
          .isEqualTo(
              "» expected one of string, integer, boolean, found 'integr', in"
                  + " parameters.tasks.type; did you mean 'integer'?");
    }

    @Test
    void haveADefaultOfTheirType() {
      assertThat(problemsWith("default: 2", "default: »two"))
          .isEqualTo("» expected a value of type integer, found 'two', in parameters.tasks");
    }

    @Test
    void haveADefaultAmongTheirValues() {
      assertThat(problemsWith("default: ecs", "default: »eck"))
          .isEqualTo(
              "» expected one of ecs, eks, found 'eck', in parameters.platform; did you mean"
                  + " 'ecs'?");
    }

    @Test
    void haveValuesOfTheirType() {
      assertThat(problemsWith("oneOf: [ecs, eks]", "oneOf: [ecs, »3]"))
          .isEqualTo(
              "» expected a value of type string, found the number 3, in parameters.platform");
    }

    @Test
    void areDeclaredBeforeTheyAreTested() {
      assertThat(
              problemsWith(
                  "  - id: service\n",
                  """
                    - id: service
                      when: { »platfrom: ecs }
                  """))
          .isEqualTo(
              "» the parameter 'platfrom' is not declared, in failover.service.when; did you mean"
                  + " 'platform'?");
    }

    @Test
    void areTestedForAValueTheyCanHave() {
      assertThat(
              problemsWith(
                  "  - id: service\n",
                  """
                    - id: service
                      when: { platform: »ekz }
                  """))
          .isEqualTo(
              "» expected one of ecs, eks, found 'ekz', in failover.service.when; did you mean"
                  + " 'eks'?");
    }

    @Test
    void areTestedForAValueOfTheirType() {
      assertThat(
              problemsWith(
                  "  - id: service\n",
                  """
                    - id: service
                      when: { tasks: »many }
                  """))
          .isEqualTo("» expected a value of type integer, found 'many', in failover.service.when");
    }
  }

  @Nested
  class Approval {
    @Test
    void comesBeforeTheFirstChange() {
      assertThat(
              problemsWith(
                  """
                    - id: approve
                      uses: approval
                      with: { question: "Fail the shop over?", expires: 30m }
                  """,
                  ""))
          .isEqualTo(
              "23:5: failover changes AWS without asking: put an approval before its first change,"
                  + " in failover.database");
    }

    @Test
    void comesBeforeTheFirstChangeOfFailbackToo() {
      assertThat(
              problemsWith(
                  """
                    - id: agree
                      uses: approval
                      with: { question: "Bring the shop home?" }
                  """,
                  ""))
          .isEqualTo(
              "49:5: failback changes AWS without asking: put an approval before its first change,"
                  + " in failback.freeze");
    }

    @Test
    void comesBeforeEveryChange() {
      assertThat(
              problemsWith(
                  "  - id: approve\n",
                  """
                    - id: early
                      uses: rds.isolate
                      with: { instance: shop-db, securityGroups: sg-0none }
                    - id: approve
                  """))
          .isEqualTo("23:5: 'early' changes AWS before any approval, in failover.early");
    }

    @Test
    void comesBeforeAChangeInEveryMode() {
      assertThat(
              problemsWith(
                  "  - id: approve\n",
                  """
                    - id: approve
                      modes: [outage]
                  """))
          .isEqualTo(
              "27:5: 'database' changes AWS before any approval in mode planned, in"
                  + " failover.database");
    }

    @Test
    void comesBeforeAChangeUnderEveryCondition() {
      assertThat(
              problemsWith(
                  "  - id: approve\n",
                  """
                    - id: approve
                      when: { platform: ecs }
                  """))
          .isEqualTo(
              "27:5: 'database' changes AWS before any approval where 'when' leaves the approval"
                  + " out, in failover.database");
    }

    @Test
    void isEnoughOnTheWayToAChange() {
      assertThat(problemsWith("  - id: service\n", "  - id: service\n    needs: []\n")).isEmpty();
    }

    @Test
    void isNotNeededByAPlanThatOnlyLooks() {
      String plan =
          """
          application: shop
          regions: { primary: us-east-1, recovery: us-west-2 }
          failover:
            - id: look
              uses: verify.http
              with: { url: "https://shop.example.com" }
          """;
      assertThat(problemsOf(plan)).isEmpty();
    }
  }

  @Nested
  class Traffic {
    @Test
    void isVerifiedAfterItMoved() {
      assertThat(
              problemsWith(
                  """
                    - id: at-home
                      uses: verify.http
                      with: { url: "https://shop.example.com/health" }
                  """,
                  ""))
          .isEqualTo(
              "56:5: 'home' moves traffic, but nothing verifies it afterwards, in failback.home");
    }

    @Test
    void isVerifiedInEveryMode() {
      assertThat(problemsWith("modes: [outage, planned]", "modes: [outage]"))
          .isEqualTo(
              "41:5: 'dns' moves traffic, but nothing verifies it afterwards in mode planned, in"
                  + " failover.dns");
    }

    @Test
    void isVerifiedUnderEveryCondition() {
      assertThat(problemsWith("modes: [outage, planned]", "when: { platform: ecs }"))
          .isEqualTo(
              "41:5: 'dns' moves traffic, but nothing verifies it afterwards where 'when' leaves"
                  + " the check out, in failover.dns");
    }

    @Test
    void isVerifiedBehindAnOpaqueStepThatMovesIt() {
      String moving =
          """
            - »id: switch
              uses: lambda.invoke
              traffic: %s
              with: { function: switch }
          drills:
          """;
      assertThat(problemsWith("drills:\n", moving.formatted("true")))
          .isEqualTo(
              "» 'switch' moves traffic, but nothing verifies it afterwards, in failback.switch");
      assertThat(problemsWith("drills:\n", moving.formatted("false"))).isEmpty();
    }
  }

  @Nested
  class Drills {
    @Test
    void nameFailoverSteps() {
      assertThat(problemsWith("steps: [database, data]", "steps: [database, »dta]"))
          .isEqualTo(
              "» there is no failover step 'dta', in drills.weekly.steps; did you mean 'data'?");
    }

    @Test
    void nameNoStepOfFailback() {
      assertThat(problemsWith("steps: [database, data]", "steps: [database, »freeze]"))
          .isEqualTo("» there is no failover step 'freeze', in drills.weekly.steps");
    }

    @Test
    void nameNoStepThatMovesTraffic() {
      assertThat(problemsWith("steps: [database, data]", "steps: [database, »dns]"))
          .isEqualTo("» no drill runs 'dns': it moves traffic, in drills.weekly.steps");
    }

    @Test
    void nameNoApproval() {
      assertThat(problemsWith("steps: [database, data]", "steps: [»approve, database]"))
          .isEqualTo("» no drill runs 'approve': a drill has no approvals, in drills.weekly.steps");
    }

    @Test
    void nameNoStepBehindTraffic() {
      assertThat(problemsWith("steps: [database, data]", "steps: [database, »public]"))
          .isEqualTo(
              "» no drill runs 'public': its modes or 'when' leave it out of drills, in"
                  + " drills.weekly.steps");
    }

    @Test
    void runWhatTheirStepsRead() {
      assertThat(problemsWith("steps: [database, data]", "steps: [»data]"))
          .isEqualTo(
              "» step 'data' reads 'database', which this drill leaves out (the drill does not name"
                  + " it), in drills.weekly");
    }

    @Test
    void runInARecoveryRegion() {
      assertThat(problemsWith("steps: [database, data]", "region: »us-west-1"))
          .isEqualTo(
              "» Region us-west-1 is not a recovery Region of this plan; it has us-west-2, in"
                  + " drills.weekly; did you mean 'us-west-2'?");
    }

    @Test
    void suggestTheNearestRegion() {
      assertThat(problemsWith("steps: [database, data]", "region: »us-wset-2"))
          .isEqualTo(
              "» 'us-wset-2' is not a Region such as us-west-2, in drills.weekly.region; did you"
                  + " mean 'us-west-2'?");
    }

    @Test
    void setDeclaredParameters() {
      assertThat(problemsWith("steps: [database, data]", "set: { task: »3 }"))
          .isEqualTo(
              "» the parameter 'task' is not declared, in drills.weekly.set; did you mean"
                  + " 'tasks'?");
    }

    @Test
    void setParametersToValuesTheyTake() {
      assertThat(problemsWith("steps: [database, data]", "set: { tasks: »three }"))
          .isEqualTo(
              "» expected a value of type integer, found 'three', in drills.weekly.set.tasks");
    }

    @Test
    void giveStepsValuesThatFit() {
      assertThat(problemsWith("steps: [database, data]", "set: { tasks: -1 }"))
          .isEqualTo(
              "40:51: expected a whole number of at least 0, found the number -1, in"
                  + " failover.service.with.desired");
    }

    @Test
    void changeSomething() {
      String plan =
          with("${database.endpoint}", "db.example.com").replace("[database, data]", "[data]");
      assertThat(problemsOf(plan.replace("- name: weekly", "- »name: weekly")))
          .isEqualTo(
              "» the drill 'weekly' would change nothing: name other steps, or write 'check: true',"
                  + " in drills.weekly");
    }

    @Test
    void needNotChangeAnythingToCheckReadiness() {
      assertThat(problemsWith("steps: [database, data]", "steps: [data]\n    check: true"))
          .isEmpty();
    }

    @Test
    void nameNoStepWhoseKindRefusesDrills() {
      String old =
          """
            - id: old
              uses: rds.deleteInstance
              with: { instance: old-db }
            - id: dns
          """;
      assertThat(
              problemsOf(
                  with("  - id: dns\n", old).replace("[database, data]", "[database, »old]")))
          .isEqualTo(
              "» no drill runs 'old': its kind is refused in drills, in drills.weekly.steps");
    }
  }

  @Nested
  class Stores {
    @Test
    void nameTheNearestStep() {
      assertThat(problemsWith("step: database", "step: »databse"))
          .isEqualTo(
              "» there is no failover step 'databse', in stores.orders; did you mean 'database'?");
    }

    @Test
    void nameAStepThatBringsDataBack() {
      assertThat(problemsWith("step: database", "step: »service"))
          .isEqualTo("» step 'service' restores no data (ecs.scaleService), in stores.orders");
    }

    @Test
    void haveAStepOrNoCopy() {
      assertThat(problemsWith("step: database", "step: database, copy: »none"))
          .isEqualTo("» give 'step' or 'copy: none', not both, in" + " stores.orders");
    }

    @Test
    void sayWhyNoCopyIsAccepted() {
      assertThat(problemsWith("copy: none, accepted: users log in again", "copy: »none"))
          .isEqualTo(
              "» 'copy: none' needs 'accepted', the reason why this data may be lost, in"
                  + " stores.sessions");
    }
  }

  @Nested
  class Evidence {
    @Test
    void reachesItsQuorum() {
      assertThat(problemsWith("quorum: 1", "quorum: »2"))
          .isEqualTo("» quorum 2 cannot be reached by 1 probes, in assess");
    }

    @Test
    void needsOneProbeAtLeast() {
      assertThat(problemsWith("quorum: 1", "quorum: »0"))
          .isEqualTo(
              "» expected a whole number of at least 1, found the number 0, in assess.quorum");
    }
  }
}
