package io.rekindle.action.aws.alb;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rekindle.plan.value.Arn;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

/**
 * What a listener does with requests that no other rule takes, as history holds it: its components
 * have their names there.
 *
 * @param actions all default actions, whole and in their order, as JSON in the words of AWS
 * @param certificate the ARN of the default certificate; empty for a listener without one
 */
record Door(String actions, String certificate) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .serializationInclusion(Include.NON_NULL)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  static Door of(Listener listener) {
    String certificate =
        listener.certificates().stream().map(Certificate::certificateArn).findFirst().orElse("");
    return new Door(print(DefaultActions.of(listener)), certificate);
  }

  private static String print(DefaultActions actions) {
    try {
      return JSON.writeValueAsString(actions.all().stream().map(Action::toBuilder).toList());
    } catch (JsonProcessingException unwritable) {
      throw new IllegalStateException(unwritable);
    }
  }

  DefaultActions read() {
    try {
      Class<?> builder = Action.serializableBuilderClass();
      Object[] all = (Object[]) JSON.readValue(actions, builder.arrayType());
      return new DefaultActions(
          Arrays.stream(all).map(each -> ((Action.Builder) each).build()).toList());
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException("These are no actions: " + actions, unreadable);
    }
  }

  /** The same with another answer behind whatever asks users who they are. */
  Door answering(Action answer) {
    return new Door(print(read().answering(answer)), certificate);
  }

  /** The same with another certificate, if one is given. */
  Door serving(@Nullable Arn other) {
    return other == null ? this : new Door(actions, other.value());
  }

  /** Whether it does the same, whichever version wrote it down. */
  boolean isAs(Door other) {
    return read().equals(other.read()) && certificate.equals(other.certificate);
  }

  List<Certificate> certificates() {
    return certificate.isEmpty()
        ? List.of()
        : List.of(Certificate.builder().certificateArn(certificate).build());
  }

  /** For a person who has to set it. */
  String inWords() {
    return read().inWords() + (certificate.isEmpty() ? "" : ", certificate " + certificate);
  }
}
