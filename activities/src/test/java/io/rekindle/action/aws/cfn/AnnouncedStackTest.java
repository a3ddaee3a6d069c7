package io.rekindle.action.aws.cfn;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Cfn.Deploy.Change;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** A stack that is new, and what CloudFormation asks for before it is one. */
class AnnouncedStackTest extends Deploying {
  @Override
  protected void world() {
    bucket();
  }

  /** CloudFormation names the change set in review, which has changed nothing yet. */
  @Test
  void inReviewIsNotTakenForDeployed() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    Stack announced = here.describeStacks(it -> it.stackName("app")).stacks().getFirst();
    assertThat(announced.stackStatusAsString()).isEqualTo("REVIEW_IN_PROGRESS");
    assertThat(announced.changeSetId()).isNotNull();
    assertThat(step.look()).isEqualTo(Due.of(Change.EXECUTE));
    assertThat(step.settled().outputs()).containsEntry("status", "CREATE_COMPLETE");
  }

  @Test
  void whatSomebodyElseAnnouncedIsStillNoStack() {
    given();
    instantly(() ->
        here.createChangeSet(it ->
            it.stackName("app")
                .changeSetName("theirs")
                .changeSetType(ChangeSetType.CREATE)
                .templateBody(template("theirs"))));
    assertThat(step().check().evidence()).endsWith("does not exist and can be created");
    assertThat(step().due()).isEqualTo(Due.of(Change.PREPARE));
  }

  @Test
  void aTransformMustBeNamedBecauseAwsPermitsItApart() {
    given();
    SimulatedAws.aws().changeSets().declare("AWS::Serverless-2016-10-31");
    assertThat(why(step().observe()))
        .contains(
            "uses transforms (AWS::Serverless-2016-10-31): name autoExpand in capabilities",
            "allow the worker's role what the kind's page lists for it");
    step(with(", capabilities: 'autoExpand'")).settled();
    assertThat(declaredFor("cloudformation:CreateChangeSet"))
        .contains("arn:aws:cloudformation:us-west-2:aws:transform/*");
  }

  @Test
  void aTemplateOfAnotherRegionMayNotAnswerWhenItIsNeeded() {
    given();
    assertThat(why(step(with().replace("us-west-2", "us-east-2")).observe()))
        .endsWith(
            "is in us-east-2, which may not answer when it is needed: keep a copy in us-west-2");
  }
}
