package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Permission.Need;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;

/** A handler at work on an emulator of AWS. What it calls must be what its kind declares. */
@ExtendWith(SimulatedAws.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class HandlerOnSimulatedAws<A extends Action> {
  protected static final String HERE = RecordingHandler.HERE;

  /** Patient, because the emulator is slow when it is asked for the first time. */
  private static final SdkHttpClient HTTP =
      ApacheHttpClient.builder().socketTimeout(Duration.ofMinutes(2)).build();

  private final AwsClients clients = new AwsClients();
  private final Set<String> called = new HashSet<>();
  private final Set<Permission> declared = new HashSet<>();
  private int tests;

  protected abstract ActionHandler<A> handler();

  /** What the step is given, as JSON; single quotes will do. */
  protected abstract String with();

  /** Which of the declared permissions a handler of this sort may use. */
  abstract boolean mayUse(Permission permission);

  /** Whether AWS itself, not the handler, uses this permission. */
  abstract boolean isUsedByAws(Permission permission);

  /** Whether its tests together call all that the kind declares. */
  boolean showsAll() {
    return true;
  }

  protected final Kind kind() {
    return Kinds.of(handler().declaration());
  }

  protected final StepDriver step() {
    return step(with());
  }

  protected final StepDriver step(String with) {
    return step(with, new Pace(0));
  }

  /** One that waits as long as is good for AWS. */
  protected final StepDriver unhurried() {
    return step(with(), Pace.OF_AWS);
  }

  protected final StepDriver step(String with, Pace pace) {
    RecordingHandler<A> recording = new RecordingHandler<>(handler(), declared);
    return new StepDriver(
        new ActionDispatcher(List.of(recording), clients, pace),
        handler().declaration(),
        with,
        kind().isGlobal() ? "" : HERE);
  }

  /** A client for preparing and inspecting the world. */
  protected final <
          C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>>
      C in(String region, Supplier<B> builder) {
    return builder
        .get()
        .region(Region.of(region))
        .endpointOverride(SimulatedAws.aws().endpoint())
        .httpClient(HTTP)
        .build();
  }

  /** The same in another account. */
  protected final <
          C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>>
      C inAccount(String account, String region, Supplier<B> builder) {
    return builder
        .get()
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "test")))
        .endpointOverride(SimulatedAws.aws().endpoint())
        .httpClient(HTTP)
        .build();
  }

  final Stream<Permission> declared(Need need) {
    return declared.stream().filter(permission -> permission.need() == need);
  }

  /** The resources on which the declaration asks for an action. */
  protected final List<String> declaredFor(String action) {
    return declared.stream()
        .filter(permission -> permission.action().equals(action))
        .flatMap(permission -> permission.resources().stream())
        .toList();
  }

  /** Taking a role on is what the worker may; what the role may, the kind declares. */
  @AfterEach
  void everyCallIsPermitted() {
    tests++;
    Set<String> now =
        SimulatedAws.calls().stream()
            .filter(call -> !call.service().equals("sts"))
            .map(IamAction::of)
            .collect(Collectors.toSet());
    assertThat(actions(declared.stream().filter(this::mayUse))).containsAll(now);
    called.addAll(now);
  }

  @AfterAll
  void nothingElseIsAskedFor() {
    clients.close();
    if (showsAll() && tests == allTests()) {
      assertThat(
              actions(
                  declared.stream()
                      .filter(this::mayUse)
                      .filter(permission -> !isUsedByAws(permission))))
          .as("what is declared, and what was called")
          .isEqualTo(called);
    }
  }

  private static Set<String> actions(Stream<Permission> permissions) {
    return permissions.map(Permission::action).collect(Collectors.toSet());
  }

  private long allTests() {
    return Stream.<Class<?>>iterate(getClass(), type -> type != Object.class, Class::getSuperclass)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class))
        .filter(method -> !method.isAnnotationPresent(Disabled.class))
        .count();
  }
}
