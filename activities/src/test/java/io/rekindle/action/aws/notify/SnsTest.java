package io.rekindle.action.aws.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.proof.Notify;
import io.rekindle.simulator.fault.Aim;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class SnsTest extends ActionContract<Notify.Sns> {
  private static final String TOPIC = "arn:aws:sns:us-west-2:123456789012:incidents";
  private static final String QUEUE = "arn:aws:sqs:us-west-2:123456789012:inbox";

  private String queue = "";

  @Override
  protected ActionHandler<Notify.Sns> handler() {
    return new Sns();
  }

  @Override
  protected String with() {
    return "{topic: '%s', subject: 'a drill of words'}".formatted(TOPIC);
  }

  @Override
  protected void world() {
    in(HERE, SnsClient::builder).createTopic(request -> request.name("incidents"));
    queue = in(HERE, SqsClient::builder).createQueue(it -> it.queueName("inbox")).queueUrl();
    in(HERE, SnsClient::builder)
        .subscribe(request -> request.topicArn(TOPIC).protocol("sqs").endpoint(QUEUE));
  }

  /** Nothing keeps a message from being sent again; its copies carry the same id. */
  @Override
  protected Set<String> repeatable() {
    return Set.of("Publish");
  }

  private List<String> received() {
    return in(HERE, SqsClient::builder)
        .receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  private static String id(String received) {
    Matcher id =
        Pattern.compile("(?s)\"rekindle-id\":.*?\"Value\": ?\"([^\"]+)\"").matcher(received);
    assertThat(id.find()).as(received).isTrue();
    return id.group(1);
  }

  @Test
  void whatHappenedIsToldWhereThePlanSaysNothing() {
    given();
    Settled settled = step().settled();
    assertThat(received())
        .singleElement()
        .satisfies(message -> assertThat(message).contains("it happened", "a drill of words"))
        .satisfies(message ->
            assertThat(settled).isEqualTo(Settled.of(new Notify.Sns.Outputs(id(message)))));
  }

  @Test
  void whatThePlanSaysIsTold() {
    given();
    step("{topic: '%s', message: 'call us'}".formatted(TOPIC)).settled();
    assertThat(received()).singleElement().satisfies(each -> assertThat(each).contains("call us"));
  }

  @Test
  void oneAttemptIsOneMessage() {
    given();
    StepDriver step = step();
    Due due = step.due();
    SimulatedAws.aws().faults().loseAnswer(Aim.at("sns", "Publish").times(9));
    assertThatThrownBy(() -> step.apply(due)).isInstanceOf(ApplicationFailure.class);
    assertThat(changes()).containsExactly("Publish");
    assertThat(received()).hasSize(1);
  }

  @Test
  void copiesCarryTheSameIdAndOtherMessagesAnother() {
    given();
    StepDriver step = step();
    Due due = step.due();
    SimulatedAws.aws().faults().loseAnswer(Aim.at("sns", "Publish").times(1));
    assertThatThrownBy(() -> step.apply(due)).isInstanceOf(ApplicationFailure.class);
    step.apply(due);
    step().generation(2).settled();
    List<String> ids = received().stream().map(SnsTest::id).toList();
    assertThat(ids).hasSize(3);
    assertThat(ids.stream().distinct()).hasSize(2);
  }

  @Test
  void aTopicThatIsNotThereIsNotReady() {
    assertThat(step().check())
        .isEqualTo(new Readiness(false, "the topic " + TOPIC + " does not exist in " + HERE, null));
  }
}
