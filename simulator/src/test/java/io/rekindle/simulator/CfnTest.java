package io.rekindle.simulator;

import static io.rekindle.simulator.RdsAccount.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.simulator.fake.CfnChangeSets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

class CfnTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final Duration TIME = Duration.ofMinutes(1);
  private static final String TEMPLATE =
      """
      {"AWSTemplateFormatVersion": "2010-09-09",
       "Parameters": {"Name": {"Type": "String"}},
       "Resources": {"Topic": {"Type": "AWS::SNS::Topic",
                               "Properties": {"TopicName": {"Ref": "Name"}}}}}
      """;
  private static int account;
  private final CloudFormationClient cfn =
      Aws.of(SIMULATOR, "7000000000" + (10 + account++)).client(CloudFormationClient.builder());

  @BeforeEach
  void aStackThatIsMadeByAChangeSet() {
    SIMULATOR.tempo().forget();
    SIMULATOR.tempo().lasts("CreateChangeSet", TIME);
    SIMULATOR.tempo().lasts("ExecuteChangeSet", TIME);
    SIMULATOR.tempo().lasts("DeleteStack", TIME);
    prepare("first", ChangeSetType.CREATE, "one", "");
    later();
    execute("first");
    assertThat(status()).isEqualTo("CREATE_IN_PROGRESS");
    later();
    assertThat(status()).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void aChangeSetIsBeingCreatedBeforeItCanBeExecuted() {
    prepare("second", ChangeSetType.UPDATE, "two", "");
    assertThat(changeSet("second").statusAsString()).isEqualTo("CREATE_IN_PROGRESS");
    assertRefused("InvalidChangeSetStatus", 400, () -> execute("second"));
    later();
    assertThat(changeSet("second").statusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(changeSet("second").executionStatusAsString()).isEqualTo("AVAILABLE");
    execute("second");
    assertThat(status()).isEqualTo("UPDATE_IN_PROGRESS");
    later();
    assertThat(status()).isEqualTo("UPDATE_COMPLETE");
    assertThat(parameter()).isEqualTo("two");
    assertRefused("InvalidChangeSetStatus", 400, () -> execute("second"));
  }

  @Test
  void aChangeSetThatChangesNothingFails() {
    prepare("same", ChangeSetType.UPDATE, "one", "");
    later();
    assertThat(changeSet("same").statusAsString()).isEqualTo("FAILED");
    assertThat(changeSet("same").statusReason()).contains("didn't contain changes");
    cfn.deleteChangeSet(it -> it.stackName("app").changeSetName("same"));
    assertRefused("ChangeSetNotFound", 404, () -> changeSet("same"));
  }

  @Test
  void goingBackToTheFirstParametersIsAChange() {
    prepare("second", ChangeSetType.UPDATE, "two", "");
    later();
    execute("second");
    later();
    prepare("third", ChangeSetType.UPDATE, "one", "");
    later();
    assertThat(changeSet("third").statusAsString()).isEqualTo("CREATE_COMPLETE");
    execute("third");
    later();
    assertThat(parameter()).isEqualTo("one");
  }

  @Test
  void aSecondChangeSetOfTheSameNameIsRefusedUnlessItIsTheSameRequest() {
    String id = prepare("second", ChangeSetType.UPDATE, "two", "token");
    assertThat(prepare("second", ChangeSetType.UPDATE, "two", "token")).isEqualTo(id);
    assertRefused(
        "AlreadyExistsException",
        400,
        () -> prepare("second", ChangeSetType.UPDATE, "two", "other"));
  }

  @Test
  void whatAChangeSetChangesCanBeTold() {
    SIMULATOR
        .changeSets()
        .tell(
            "app",
            List.of(new CfnChangeSets.Change("Modify", "Db", "AWS::RDS::DBInstance", "True")));
    prepare("second", ChangeSetType.UPDATE, "two", "");
    later();
    ResourceChange change = changeSet("second").changes().getFirst().resourceChange();
    assertThat(change.logicalResourceId()).isEqualTo("Db");
    assertThat(change.replacementAsString()).isEqualTo("True");
  }

  @Test
  void anUpdateCanBeMadeToRollBack() {
    SIMULATOR.tempo().endsAs("ExecuteChangeSet", "UPDATE_ROLLBACK_COMPLETE");
    prepare("second", ChangeSetType.UPDATE, "two", "");
    later();
    execute("second");
    later();
    assertThat(status()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
  }

  @Test
  void aStackRemembersWhichChangeSetItWasLastChangedBy() {
    assertThat(stack().changeSetId()).contains("/first/");
    String id = prepare("second", ChangeSetType.UPDATE, "two", "");
    later();
    assertThat(stack().changeSetId()).contains("/first/");
    execute("second");
    assertThat(stack().changeSetId()).isEqualTo(id);
    cfn.updateStack(it ->
        it.stackName("app")
            .usePreviousTemplate(true)
            .parameters(Parameter.builder().parameterKey("Name").parameterValue("three").build()));
    assertThat(stack().changeSetId()).isNull();
  }

  @Test
  void aStackThatWasRolledBackSaysWhyUnderTheTokenOfItsExecution() {
    SIMULATOR.tempo().endsAs("ExecuteChangeSet", "UPDATE_ROLLBACK_COMPLETE");
    prepare("second", ChangeSetType.UPDATE, "two", "");
    later();
    cfn.executeChangeSet(
        it -> it.stackName("app").changeSetName("second").clientRequestToken("token"));
    later();
    StackEvent event = cfn.describeStackEvents(it -> it.stackName("app")).stackEvents().getFirst();
    assertThat(event.resourceStatusAsString()).isEqualTo("UPDATE_FAILED");
    assertThat(event.resourceStatusReason()).isNotBlank();
    assertThat(event.clientRequestToken()).isEqualTo("token");
  }

  @Test
  void aTemplateTellsItsParameters() {
    assertThat(cfn.getTemplateSummary(it -> it.templateBody(TEMPLATE)).parameters())
        .extracting(ParameterDeclaration::parameterKey)
        .containsExactly("Name");
  }

  @Test
  void aDeletedStackIsBeingDeletedBeforeItIsGone() {
    cfn.deleteStack(it -> it.stackName("app"));
    assertThat(status()).isEqualTo("DELETE_IN_PROGRESS");
    later();
    assertRefused("ValidationError", 400, this::status);
  }

  private String prepare(String name, ChangeSetType type, String value, String token) {
    return cfn.createChangeSet(it ->
            it.stackName("app")
                .changeSetName(name)
                .changeSetType(type)
                .templateBody(TEMPLATE)
                .clientToken(token.isEmpty() ? null : token)
                .parameters(Parameter.builder().parameterKey("Name").parameterValue(value).build()))
        .id();
  }

  private void execute(String name) {
    cfn.executeChangeSet(it -> it.stackName("app").changeSetName(name));
  }

  private DescribeChangeSetResponse changeSet(String name) {
    return cfn.describeChangeSet(it -> it.stackName("app").changeSetName(name));
  }

  private Stack stack() {
    return cfn.describeStacks(it -> it.stackName("app")).stacks().getFirst();
  }

  private String status() {
    return stack().stackStatusAsString();
  }

  private String parameter() {
    return cfn.describeStacks(it -> it.stackName("app"))
        .stacks()
        .getFirst()
        .parameters()
        .getFirst()
        .parameterValue();
  }

  private static void later() {
    SIMULATOR.tempo().pass(TIME);
  }
}
