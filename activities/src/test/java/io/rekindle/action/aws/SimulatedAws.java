package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.Call;
import io.rekindle.simulator.ServiceData;
import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import io.rekindle.simulator.contract.Overheard;
import io.rekindle.simulator.contract.Policy;
import io.rekindle.simulator.fault.Aim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A simulated AWS for one test JVM, empty before every test. All clients of the SDK find it by the
 * settings that the SDK itself reads. What takes time there takes as long as on AWS, but time is
 * let pass, not waited for.
 *
 * <p>What goes over the wire is held against AWS's own service models, and attempts may do what
 * their step declares, and nothing else.
 */
public final class SimulatedAws implements BeforeEachCallback, AfterEachCallback {
  private static final Simulator AWS = Simulator.start(Settings.FAST.withPace(1));
  private static final Overheard WIRE = new Overheard(ServiceData.wire());
  private static final AtomicReference<Optional<Policy>> DECLARED =
      new AtomicReference<>(Optional.empty());

  /** As many as the SDK makes of one call. */
  private static final int TRIES = 3;

  static {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    AWS.listen(WIRE);
    AWS.guard().permit(caller -> caller.run().isEmpty() ? Optional.empty() : DECLARED.get());
    Runtime.getRuntime().addShutdownHook(new Thread(SimulatedAws::end));
  }

  private static void end() {
    AWS.close();
    WIRE.report(Path.of("target/wire", System.getProperty("fork", "1")));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    System.setProperty("aws.endpointUrl", AWS.endpoint().toString());
    AWS.reset();
    DECLARED.set(Optional.empty());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(WIRE.differences()).as("differences from AWS's service models").isEmpty();
    assertThat(AWS.guard().refused()).as("calls that are not permitted").isEmpty();
  }

  /** From now on attempts may do this, and nothing else. */
  static void permit(JsonNode policy) {
    DECLARED.set(Optional.of(Policy.read(List.of(policy.toString()))));
  }

  public static Simulator aws() {
    return AWS;
  }

  /** What attempts asked, and what was asked for them. */
  static List<Call> calls() {
    return AWS.calls().stream()
        .filter(call -> !call.caller().run().isEmpty() || call.operation().equals("AssumeRole"))
        .toList();
  }

  static void pass(Duration time) {
    AWS.tempo().pass(time);
  }

  /** The next answer to this operation does not arrive, nor do those to its repetitions. */
  static void loseAnswer(String operation) {
    AWS.faults().loseAnswer(ofAttempts(operation).times(TRIES));
  }

  /** The next answer to this operation does not arrive; that to its repetition does. */
  static void loseAnswerOnce(String operation) {
    AWS.faults().loseAnswer(ofAttempts(operation).times(1));
  }

  /** From now on looks show a change only so long after it. */
  static void lag(Duration time) {
    AWS.faults().lag(time);
  }

  static void refuse(String operation, String code, int times) {
    AWS.faults().refuse(ofAttempts(operation).times(times), 400, code, "refused by the test");
  }

  private static Aim ofAttempts(String operation) {
    return Aim.at("", operation).ofStep(StepDriver.STEP);
  }

  /** From now on answers arrive and nothing is refused. */
  static void mend() {
    AWS.faults().clear();
  }
}
