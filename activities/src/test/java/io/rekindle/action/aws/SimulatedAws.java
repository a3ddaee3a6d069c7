package io.rekindle.action.aws;

import io.rekindle.simulator.Call;
import io.rekindle.simulator.ServiceData;
import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import io.rekindle.simulator.contract.Overheard;
import io.rekindle.simulator.fault.Aim;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A simulated AWS for one test JVM, empty before every test. All clients of the SDK find it by the
 * settings that the SDK itself reads. What takes time there takes as long as on AWS, but time is
 * let pass, not waited for.
 */
public final class SimulatedAws implements BeforeEachCallback, AfterEachCallback {
  private static final Simulator AWS = Simulator.start(Settings.FAST.withPace(1));
  private static final Overheard WIRE = new Overheard(ServiceData.wire());

  /** As many as the SDK makes of one call. */
  private static final int TRIES = 3;

  static {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    AWS.listen(WIRE);
    Runtime.getRuntime().addShutdownHook(new Thread(AWS::close));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    System.setProperty("aws.endpointUrl", AWS.endpoint().toString());
    AWS.reset();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<String> d = new java.util.ArrayList<>(WIRE.differences());
    calls().forEach(c -> d.add("CALL " + c.service() + " " + c.operation()));
    try {
      java.nio.file.Files.write(
          java.nio.file.Path.of("/tmp/w/mine-wire.txt"),
          d.stream()
              .map(x ->
                  x
                      + "\t"
                      + context.getRequiredTestClass().getSimpleName()
                      + "."
                      + context.getDisplayName())
              .toList(),
          java.nio.file.StandardOpenOption.CREATE,
          java.nio.file.StandardOpenOption.APPEND);
      java.nio.file.Files.writeString(
          java.nio.file.Path.of("/tmp/w/mine-pairs"),
          WIRE.pairs() + "\n",
          java.nio.file.StandardOpenOption.CREATE,
          java.nio.file.StandardOpenOption.APPEND);
    } catch (java.io.IOException e) {
      throw new RuntimeException(e);
    }
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
