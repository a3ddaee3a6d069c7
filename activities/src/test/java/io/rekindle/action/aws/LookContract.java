package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Permission.Need;
import io.rekindle.simulator.Call;
import io.temporal.failure.ApplicationFailure;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;

/** The laws of handlers that only look. */
@ExtendWith(SimulatedAws.class)
@TestInstance(Lifecycle.PER_CLASS)
public abstract class LookContract<A extends Action> {
  protected static final String HERE = RecordingHandler.HERE;

  private final AwsClients clients = new AwsClients();
  private final Set<String> called = new HashSet<>();
  private final Set<Permission> declared = new HashSet<>();
  private int tests;

  protected abstract ActionHandler<A> handler();

  /** What the step is given, as JSON; single quotes will do. */
  protected abstract String with();

  /** Makes a world in which all is as it should be. */
  protected abstract void given() throws Exception;

  protected final Kind kind() {
    return Kinds.of(handler().declaration());
  }

  protected final StepDriver step() {
    return step(with());
  }

  protected final StepDriver step(String with) {
    return step(with, new Pace(0));
  }

  protected final StepDriver step(String with, Pace pace) {
    return new StepDriver(
        new ActionDispatcher(List.of(new RecordingHandler<>(handler(), declared)), clients, pace),
        handler().declaration(),
        with,
        kind().isGlobal() ? "" : HERE);
  }

  /** A client for preparing the world. */
  protected final <
          C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>>
      C in(String region, Supplier<B> builder) {
    return builder
        .get()
        .region(Region.of(region))
        .endpointOverride(SimulatedAws.aws().endpoint())
        .build();
  }

  protected final ApplicationFailure failure(StepDriver step) {
    return catchThrowableOfType(ApplicationFailure.class, step::observe);
  }

  @AfterEach
  void everyCallIsPermittedAsALook() {
    tests++;
    Set<String> now = SimulatedAws.calls().stream().map(IamAction::of).collect(Collectors.toSet());
    assertThat(looks()).containsAll(now);
    called.addAll(now);
  }

  private Set<String> looks() {
    return declared.stream()
        .filter(permission -> permission.need() == Need.LOOK)
        .map(Permission::action)
        .collect(Collectors.toSet());
  }

  /** A key of KMS is asked for by AWS itself. */
  @AfterAll
  void nothingElseIsAskedFor() {
    clients.close();
    long all =
        Stream.<Class<?>>iterate(getClass(), type -> type != Object.class, Class::getSuperclass)
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(Test.class))
            .count();
    if (tests == all) {
      assertThat(looks().stream().filter(action -> !action.startsWith("kms:")))
          .as("what is declared, and what was called")
          .containsExactlyInAnyOrderElementsOf(called);
    }
  }

  @Test
  void isReadyWhereItWouldSettle() throws Exception {
    given();
    Readiness readiness = step().check();
    assertThat(readiness.ready()).as(readiness.evidence()).isTrue();
    assertThat(readiness.evidence()).isNotBlank();
  }

  @Test
  void settlesWithWhatItDeclares() throws Exception {
    given();
    assertThat(step().look())
        .isInstanceOfSatisfying(
            Settled.class,
            settled ->
                assertThat(settled.outputs().keySet())
                    .containsExactlyInAnyOrderElementsOf(kind().outputNames()));
  }

  @Test
  void thereIsNothingToMakeAndNothingToUndo() throws Exception {
    given();
    StepDriver step = step();
    step.undoOnce();
    assertThatThrownBy(() -> step.apply(new Due("anything", Map.of())))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("anything");
    assertThat(SimulatedAws.calls().stream().map(Call::operation)).isEmpty();
  }
}
