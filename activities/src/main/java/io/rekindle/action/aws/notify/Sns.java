package io.rekindle.action.aws.notify;

import static io.rekindle.plan.step.proof.Notify.Sns.Change.PUBLISH;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.proof.Notify;
import jakarta.inject.Singleton;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;

@Singleton
final class Sns implements ActionHandler<Notify.Sns> {
  /** Topics of this sort keep copies with the same id back, for five minutes. */
  private static final String FIFO = ".fifo";

  @Override
  public Class<Notify.Sns> declaration() {
    return Notify.Sns.class;
  }

  private static Message message(Work<Notify.Sns> work) {
    return Message.of(work.call(), work.with().message(), PUBLISH);
  }

  @Override
  public Observation observe(Work<Notify.Sns> work) {
    return work.isAnswered(PUBLISH)
        ? Settled.of(new Notify.Sns.Outputs(message(work).id()))
        : Due.of(PUBLISH);
  }

  @Override
  public void apply(Work<Notify.Sns> work, Due due) {
    if (!work.isAnswered(PUBLISH)) {
      work.clientThatSendsOnce(SnsClient.class, SnsClient::builder).publish(request(work));
    }
  }

  private static PublishRequest request(Work<Notify.Sns> work) {
    Message message = message(work);
    String topic = work.with().topic().value();
    boolean inOrder = topic.endsWith(FIFO);
    return PublishRequest.builder()
        .topicArn(topic)
        .subject(work.with().subject())
        .message(message.text())
        .messageAttributes(Map.of("rekindle-id", text(message.id())))
        .messageGroupId(inOrder ? work.call().key().application() : null)
        .messageDeduplicationId(inOrder ? message.id() : null)
        .build();
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  @Override
  public void undo(Work<Notify.Sns> work) {}

  @Override
  public Readiness check(Work<Notify.Sns> work) {
    String topic = work.with().topic().value();
    try {
      work.client(SnsClient.class, SnsClient::builder)
          .getTopicAttributes(request -> request.topicArn(topic));
      return new Readiness(true, "the topic " + topic + " exists", null);
    } catch (NotFoundException none) {
      return new Readiness(
          false, "the topic %s does not exist in %s".formatted(topic, work.call().region()), null);
    }
  }
}
