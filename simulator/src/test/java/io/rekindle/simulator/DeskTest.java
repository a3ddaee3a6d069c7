package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.SnsException;

/** Other processes see what was called, and say what shall go wrong. */
class DeskTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Simulator SIMULATOR = Simulators.plain();

  @BeforeEach
  @AfterEach
  void reset() {
    SIMULATOR.reset();
  }

  @Test
  void tellsEveryCallAndWhichWereTheSame() throws Exception {
    try (SnsClient sns = Aws.of(SIMULATOR, "123456789012").client(SnsClient.builder())) {
      sns.createTopic(request -> request.name("first"));
      sns.createTopic(request -> request.name("first"));
      sns.createTopic(request -> request.name("second"));
      sns.listTopics();
    }
    JsonNode calls = new ObjectMapper().readTree(ask("GET", "calls", "").body());
    assertThat(calls).hasSize(4);
    assertThat(calls.get(0).path("operation").asText()).isEqualTo("CreateTopic");
    assertThat(calls.get(0).path("change").asBoolean()).isTrue();
    assertThat(calls.get(0).path("done").asBoolean()).isTrue();
    assertThat(calls.get(0).path("content")).isEqualTo(calls.get(1).path("content"));
    assertThat(calls.get(0).path("content")).isNotEqualTo(calls.get(2).path("content"));
    assertThat(calls.get(3).path("change").asBoolean()).isFalse();
  }

  @Test
  void faultsBeginAndEndAsToldFromOutside() throws Exception {
    try (SnsClient sns = Aws.of(SIMULATOR, "123456789012").client(SnsClient.builder())) {
      ask("POST", "faults", "{\"faults\": [{\"effect\": \"EXPIRED\", \"service\": \"sns\"}]}");
      assertThatThrownBy(sns::listTopics).isInstanceOf(SnsException.class);
      ask("DELETE", "faults", "");
      assertThat(sns.listTopics().sdkHttpResponse().isSuccessful()).isTrue();
    }
  }

  @Test
  void whatItCannotReadItSays() throws Exception {
    HttpResponse<String> odd = ask("POST", "faults", "{\"faults\": [{\"effect\": \"ODD\"}]}");
    assertThat(odd.statusCode()).isEqualTo(400);
    assertThat(odd.body()).contains("This is no scenario", "DARK");
    assertThat(ask("POST", "faults", "{\"faults\": [{}]}").body()).contains("has an effect");
    assertThat(ask("GET", "nothing", "").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> ask(String method, String what, String body)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(SIMULATOR.endpoint().resolve(Desk.PLACE + what))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
