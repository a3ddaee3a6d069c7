package io.rekindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.context.ApplicationContext;
import io.rekindle.run.Workflows;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartupChecksTest {
  private ScriptedServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static void check(int port, Map<String, Object> settings) {
    try (ApplicationContext context = ServerUnderTest.context(port, settings)) {
      context.getBean(StartupChecks.class).pass();
    }
  }

  private static String refusal(int port, Map<String, Object> settings) {
    return assertThatExceptionOfType(CannotStart.class)
        .isThrownBy(() -> check(port, settings))
        .actual()
        .sentence();
  }

  private void knowAllAttributes() {
    Workflows.SEARCH_ATTRIBUTES.forEach(
        name -> server.attributes.put(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
  }

  @Test
  void aServerThatKnowsEverythingIsGood() {
    server.namespaces.add("default");
    knowAllAttributes();
    assertThatCode(() -> check(server.port(), Map.of())).doesNotThrowAnyException();
  }

  @Test
  void aServerThatNeverComesIsNamedAfterAWhile() {
    int port = ServerUnderTest.freePort();
    assertThat(refusal(port, Map.of("rekindle.patience", "1s")))
        .startsWith("No Temporal server answered at 127.0.0.1:" + port + " within 1s")
        .contains("TEMPORAL_ADDRESS");
  }

  @Test
  void aServerThatComesLaterIsWaitedFor() throws Exception {
    int port = ServerUnderTest.freePort();
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> check(port, Map.of()));
    Thread.sleep(Duration.ofSeconds(3));
    assertThat(waiting).isNotDone();
    try (TestServer.PortBoundTestServer late = TestServer.createPortBoundServer(port, true)) {
      waiting.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aMissingNamespaceIsRefused() {
    assertThat(refusal(server.port(), Map.of()))
        .contains("has no namespace 'default'", "temporal operator namespace create", "--create");
    assertThat(server.namespaces).isEmpty();
  }

  @Test
  void missingSearchAttributesAreNamed() {
    server.namespaces.add("default");
    knowAllAttributes();
    server.attributes.remove("RekindlePhase");
    assertThat(refusal(server.port(), Map.of()))
        .contains("--name RekindlePhase --type Keyword", "--create")
        .doesNotContain("RekindleRun");
    assertThat(server.attributes).doesNotContainKey("RekindlePhase");
  }

  @Test
  void aSearchAttributeOfAnotherTypeIsRefusedEvenWhenItMayCreate() {
    server.namespaces.add("default");
    server.attributes.put("RekindlePhase", IndexedValueType.INDEXED_VALUE_TYPE_TEXT);
    assertThat(refusal(server.port(), Map.of("rekindle.create", true)))
        .contains("not of type Keyword", "RekindlePhase");
  }

  @Test
  void whatIsMissingIsCreatedWhenItMayBe() {
    check(server.port(), Map.of("rekindle.create", true));
    assertThat(server.namespaces).containsExactly("default");
    assertThat(server.attributes.keySet()).containsAll(Workflows.SEARCH_ATTRIBUTES);
    assertThat(server.attributes.values())
        .containsOnly(IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
  }

  @Test
  void aServerThatDoesNotTellItsSearchAttributesIsTrusted() {
    int port = ServerUnderTest.freePort();
    try (TestServer.PortBoundTestServer silent = TestServer.createPortBoundServer(port, true)) {
      assertThatCode(() -> check(port, Map.of())).doesNotThrowAnyException();
    }
  }
}
