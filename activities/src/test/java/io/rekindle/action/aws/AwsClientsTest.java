package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.Verb;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.simulator.Call;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.rds.RdsClient;

@ExtendWith(SimulatedAws.class)
class AwsClientsTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/rekindle";
  private final AwsClients clients = new AwsClients();

  @AfterEach
  void close() {
    clients.close();
  }

  /** Asks AWS one thing. */
  private static final class Looking implements ActionHandler<Rds.StopInstance> {
    @Override
    public Class<Rds.StopInstance> declaration() {
      return Rds.StopInstance.class;
    }

    @Override
    public Observation observe(Work<Rds.StopInstance> work) {
      work.client(RdsClient.class, RdsClient::builder).describeDBInstances();
      return new Settled(Map.of());
    }

    @Override
    public void apply(Work<Rds.StopInstance> work, Due due) {}

    @Override
    public void undo(Work<Rds.StopInstance> work) {}

    @Override
    public Readiness check(Work<Rds.StopInstance> work) {
      return new Readiness(true, "", null);
    }
  }

  private StepDriver step() {
    return new StepDriver(
        dispatcher(), Rds.StopInstance.class, "{ instance: 'orders' }", "us-west-2");
  }

  private ActionDispatcher dispatcher() {
    return new ActionDispatcher(List.of(new Looking()), clients, Pace.OF_AWS);
  }

  @Test
  void everyRequestSaysWhichStepOfWhichRunItIsFor() {
    step().observe();
    assertThat(SimulatedAws.calls())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.caller().run()).isEqualTo("a1b2c3");
          assertThat(call.caller().step()).isEqualTo("it");
          assertThat(call.region()).isEqualTo("us-west-2");
        });
  }

  @Test
  void takesOnTheRoleThroughTheRegionItIsUsedIn() {
    step().role(ROLE).observe();
    step().role(ROLE).observe();
    assertThat(SimulatedAws.calls())
        .extracting(Call::operation, Call::region)
        .startsWith(tuple("AssumeRole", "us-west-2"))
        .hasSize(3);
  }

  @Test
  void fetchesNewCredentialsOnceWhenTheyHaveExpired() {
    step().role(ROLE).observe();
    SimulatedAws.refuse("DescribeDBInstances", "ExpiredToken", 1);
    step().role(ROLE).observe();
    assertThat(SimulatedAws.calls())
        .filteredOn(call -> call.operation().equals("AssumeRole"))
        .hasSize(2);

    SimulatedAws.refuse("DescribeDBInstances", "ExpiredToken", 2);
    StepDriver step = step().role(ROLE);
    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(failure.getType()).isEqualTo("ExpiredToken");
    assertThat(failure.isNonRetryable()).isTrue();
  }

  @Test
  void aRegionThatRefusesConnectionsIsUnreachable() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.setProperty("aws.endpointUrl", "http://127.0.0.1:" + closed.getLocalPort());
    }
    StepDriver step = step();
    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(failure.getType()).isEqualTo(Failures.UNREACHABLE);
    assertThat(failure.getOriginalMessage()).contains("DescribeDBInstances", "us-west-2");
  }

  @Test
  void aRequestEndsBeforeItsAttemptDoes() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    HttpServer silent = HttpServer.create(loopback(), 8);
    silent.createContext(
        "/",
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
    silent.start();
    System.setProperty("aws.endpointUrl", addressOf(silent).toString());
    Instant begun = Instant.now();
    try {
      Attempt attempt = new Attempt(step().call(null), 1, Duration.ofSeconds(3), Duration.ZERO);
      ApplicationFailure failure =
          catchThrowableOfType(
              ApplicationFailure.class, () -> dispatcher().perform(Verb.OBSERVE, attempt));
      assertThat(failure.getType()).isEqualTo(Failures.UNREACHABLE);
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
    } finally {
      over.countDown();
      silent.stop(0);
    }
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static URI addressOf(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
