package io.rekindle.action.aws.cfn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Cfn;
import io.rekindle.simulator.fake.CfnChangeSets.Change;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.s3.S3Client;

class DeployTest extends ActionContract<Cfn.Deploy> {
  private static final String TEMPLATE =
      """
      {"AWSTemplateFormatVersion": "2010-09-09",
       "Parameters": {"Name": {"Type": "String"}, "Other": {"Type": "String", "Default": "o"}},
       "Description": "%s",
       "Resources": {"Topic": {"Type": "AWS::SNS::Topic",
                               "Properties": {"TopicName": {"Ref": "Name"}}}}}
      """;
  private final CloudFormationClient here = in(HERE, CloudFormationClient::builder);

  @Override
  protected ActionHandler<Cfn.Deploy> handler() {
    return new Deploy();
  }

  @Override
  protected String with() {
    return with(
        "parameters: { Name: 'two' },"
            + " template: 'https://templates.s3.us-west-2.amazonaws.com/app.json'");
  }

  private static String with(String more) {
    return "{ stack: 'app', stackRole: 'arn:aws:iam::123456789012:role/cfn', %s }".formatted(more);
  }

  @Override
  protected void world() {
    template("new");
    here.createStack(it ->
        it.stackName("app")
            .templateBody(TEMPLATE.formatted("old"))
            .parameters(parameter("Name", "one"), parameter("Other", "kept")));
  }

  private void template(String description) {
    S3Client s3 = in(HERE, () -> S3Client.builder().forcePathStyle(true));
    s3.createBucket(it ->
        it.bucket("templates").createBucketConfiguration(where -> where.locationConstraint(HERE)));
    s3.putObject(
        it -> it.bucket("templates").key("app.json"),
        RequestBody.fromString(TEMPLATE.formatted(description)));
  }

  private static Parameter parameter(String name, String value) {
    return Parameter.builder().parameterKey(name).parameterValue(value).build();
  }

  @Test
  void setsWhatIsGivenAndKeepsTheRest() {
    given();
    assertThat(step().settled().outputs()).containsEntry("status", "UPDATE_COMPLETE");
    assertThat(value("Name")).isEqualTo("two");
    assertThat(value("Other")).isEqualTo("kept");
  }

  @Test
  void keepsTheTemplateWhenNoneIsGiven() {
    given();
    String before = here.getTemplate(it -> it.stackName("app")).templateBody();
    StepDriver step = step(with("parameters: { Name: 'two' }"));
    step.settled();
    assertThat(here.getTemplate(it -> it.stackName("app")).templateBody()).isEqualTo(before);
    step.undo();
    assertThat(value("Name")).isEqualTo("one");
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsWhatTheStackWas() {
    given();
    String template = here.getTemplate(it -> it.stackName("app")).templateBody();
    StepDriver step = step();
    Due prepare = step.due();
    assertThat(prepare)
        .isEqualTo(
            new Due(
                "prepare",
                Map.of(
                    "stackId",
                    stack().stackId(),
                    "template",
                    template,
                    "capabilities",
                    "",
                    "parameter Name",
                    "one",
                    "parameter Other",
                    "kept")));
    step.applyPatiently(prepare);
    assertThat(step.look()).isEqualTo(new Due("execute", Map.of()));
  }

  @Test
  void recordsNothingOfAStackThatIsNotThere() {
    instantly(() -> template(""));
    assertThat(step().due()).isEqualTo(new Due("prepare", Map.of()));
  }

  @Test
  void undoDeploysTheFormerTemplateAndParameters() {
    given();
    String before = here.getTemplate(it -> it.stackName("app")).templateBody();
    StepDriver step = step();
    step.settled();
    assertThat(here.getTemplate(it -> it.stackName("app")).templateBody()).isNotEqualTo(before);
    step.undo();
    assertThat(here.getTemplate(it -> it.stackName("app")).templateBody()).isEqualTo(before);
    assertThat(value("Name")).isEqualTo("one");
    assertThat(value("Other")).isEqualTo("kept");
  }

  @Test
  void createsAStackThatIsNotThereAndDeletesItAgain() {
    instantly(() -> template(""));
    StepDriver step = step();
    assertThat(step.settled().outputs()).containsEntry("status", "CREATE_COMPLETE");
    assertThat(stack().tags()).contains(Tag.builder().key("rekindle:run").value("a1b2c3").build());
    step.undo();
    assertThat(here.describeStacks().stacks()).isEmpty();
  }

  @Test
  void executesNothingThatReplacesADatabase() {
    given();
    changes(new Change("Modify", "Db", "AWS::RDS::DBInstance", "Conditional"));
    StepDriver step = step();
    assertThat(why(step.reconcile()))
        .contains("not executed: it may lose data (may replace Db", "mayReplace");
    assertThat(value("Name")).isEqualTo("one");
    step.apply(Due.of(Cfn.Deploy.Change.EXECUTE));
    assertThat(changes()).containsExactly("CreateChangeSet");
  }

  @Test
  void executesNothingThatRemovesATable() {
    given();
    changes(new Change("Remove", "Orders", "AWS::DynamoDB::Table", ""));
    assertThat(why(step().reconcile())).contains("removes Orders");
  }

  @Test
  void doesNotTrustANestedStack() {
    given();
    changes(new Change("Modify", "Inner", "AWS::CloudFormation::Stack", "False"));
    assertThat(why(step().reconcile())).contains("Inner");
  }

  @Test
  void replacesWhatThePlanAllows() {
    given();
    changes(
        new Change("Modify", "Db", "AWS::RDS::DBInstance", "True"),
        new Change("Modify", "Other", "AWS::RDS::DBInstance", "False"),
        new Change("Modify", "Topic", "AWS::SNS::Topic", "True"));
    step(with("parameters: { Name: 'two' }, mayReplace: ['Db']")).settled();
    assertThat(value("Name")).isEqualTo("two");
  }

  @Test
  void whatChangesNothingIsSettledAtOnce() {
    given();
    StepDriver step = step(with("parameters: { Name: 'one' }"));
    step.settled();
    assertThat(changes()).containsExactly("CreateChangeSet");
    step.undo();
    assertThat(changes()).containsExactly("CreateChangeSet", "DeleteChangeSet");
  }

  @Test
  void saysWhyItWasRolledBackAndLeavesThatAlone() {
    given();
    endsAs("ExecuteChangeSet", "UPDATE_ROLLBACK_COMPLETE");
    StepDriver step = step();
    assertThat(why(step.reconcile()))
        .contains("UPDATE_ROLLBACK_COMPLETE", "DB instance is not in available state", "--anew");
    List<String> before = changes();
    step.undo();
    assertThat(changes()).hasSize(before.size() + 1).endsWith("DeleteChangeSet");
  }

  @Test
  void startsOverUnderAnotherName() {
    given();
    endsAs("ExecuteChangeSet", "UPDATE_ROLLBACK_COMPLETE");
    why(step().reconcile());
    endsAs("ExecuteChangeSet", "");
    step().generation(2).settled();
  }

  @Test
  void aDrillExecutesNothing() {
    given();
    StepDriver step = step().drill();
    step.settled();
    step.undo();
    assertThat(changes()).containsExactly("CreateChangeSet", "DeleteChangeSet");
    assertThat(value("Name")).isEqualTo("one");
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseDeployedMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(() ->
        here.updateStack(it ->
            it.stackName("app")
                .usePreviousTemplate(true)
                .parameters(parameter("Name", "three"), parameter("Other", "kept"))));
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .endsWith(
            "somebody else has deployed the stack app (us-west-2) since; the former version is not"
                + " restored");
    assertThat(value("Name")).isEqualTo("three");
  }

  @Test
  void asksForAParameterThatTheTemplateDoesNotHave() {
    given();
    StepDriver step = step(with("parameters: { Nmae: 'two' }"));
    assertThat(step.check().evidence()).contains("no parameter Nmae");
    assertThat(why(step.observe())).contains("no parameter Nmae");
  }

  @Test
  void asksWhenThereIsNeitherStackNorTemplate() {
    assertThat(why(step(with("parameters: { Name: 'two' }")).observe())).contains("no template");
  }

  private void changes(Change... changes) {
    SimulatedAws.aws().changeSets().tell("app", List.of(changes));
  }

  private static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }

  private Stack stack() {
    return here.describeStacks(it -> it.stackName("app")).stacks().getFirst();
  }

  private String value(String parameter) {
    return stack().parameters().stream()
        .filter(each -> each.parameterKey().equals(parameter))
        .findFirst()
        .orElseThrow()
        .parameterValue();
  }
}
