package io.rekindle.action.aws;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.AwsClients.Access;
import io.rekindle.action.aws.AwsClients.Sending;
import io.rekindle.plan.step.Action;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;

/**
 * What a handler is given to do.
 *
 * @param with what the step was given
 */
public record Work<A extends Action>(A with, ActionCall call, AwsClients clients, Pace pace) {
  /** How long AWS may take to show what it has just accepted. */
  private static final Duration UNTIL_VISIBLE = Duration.ofMinutes(1);

  /** A client for the Region and role of the step. */
  public <C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>>
      C client(Class<C> type, Supplier<B> builder) {
    return clients.client(access(), Sending.PATIENT, type, builder);
  }

  /** A client for a service that belongs to no Region, with the role of the step. */
  public <C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>>
      C clientAnywhere(Class<C> type, Supplier<B> builder) {
    return clients.client(
        new Access(access().region(), role(), true), Sending.PATIENT, type, builder);
  }

  /** A client for the Region of the step that signs nothing: what it may do, anybody may. */
  public <C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>>
      C clientOfNobody(Class<C> type, Supplier<B> builder) {
    return clients.client(access(), Sending.UNSIGNED, type, builder);
  }

  /** A client for another Region, with the role of the step. */
  public <C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>>
      C clientIn(String region, Class<C> type, Supplier<B> builder) {
    return clients.client(new Access(region, role(), false), Sending.PATIENT, type, builder);
  }

  /**
   * A client for the Region and role of the step that sends each request once: for changes that
   * nothing keeps from being made twice.
   */
  public <C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>>
      C clientThatSendsOnce(Class<C> type, Supplier<B> builder) {
    return clients.client(access(), Sending.ONCE, type, builder);
  }

  /** Where the step acts, and as whom. */
  Access access() {
    boolean anywhere = call.region().isEmpty();
    return new Access(anywhere ? call.near() : call.region(), role(), anywhere);
  }

  private @Nullable String role() {
    return with instanceof Action.Anywhere anywhere && anywhere.role() != null
        ? anywhere.role().value()
        : call.role();
  }

  /** How long what begins now may take, so that it ends before its attempt does. */
  public Duration timeFor(Duration longest) {
    Duration left = Attempt.current().orElseThrow().timeLeft();
    return left.compareTo(longest) < 0 ? left : longest;
  }

  /**
   * What goes on outside until it is closed.
   *
   * @param ending ends it, on a thread of its own, when nobody waits for the attempt any more
   */
  public Attempt.GoingOn goingOn(Runnable ending) {
    return Attempt.current().orElseThrow().goingOn(ending);
  }

  public Ownership ownership() {
    return new Ownership(call);
  }

  /** What a change was recorded to alter, if it was ever begun. */
  public Optional<Due> made(Action.Change change) {
    return call.made().stream().filter(due -> due.is(change)).findFirst();
  }

  /** The state that a change was recorded to alter, if it was ever begun. */
  public <R extends Record> Optional<R> before(Action.Change change, Class<R> type) {
    return made(change).map(due -> due.before(type));
  }

  /** Whether AWS has accepted a change. */
  public boolean isAnswered(Action.Change change) {
    return call.answered().contains(change.word());
  }

  /** Whether AWS has accepted a change so recently that it may not show it yet. */
  public boolean hasJustMade(Action.Change change) {
    return hasJustMade(change.word());
  }

  boolean hasJustMade(String change) {
    return call.answered().contains(change)
        && Instant.now().isBefore(changed().plus(pace.of(UNTIL_VISIBLE)));
  }

  /**
   * Keeps what AWS calls the change that it has just accepted, so that every later look can ask for
   * it by {@link #receipt}.
   */
  public void keepReceipt(String name) {
    Attempt.current().orElseThrow().keep(name);
  }

  /** What AWS calls a change; empty when its answer was lost. */
  public Optional<String> receipt(Action.Change change) {
    return Optional.ofNullable(call.receipts().get(change.word()));
  }

  /**
   * When the newest change was made at the latest: what waits for it to be seen counts from here.
   */
  public Instant changed() {
    return call.changed() == null ? call.now() : call.changed();
  }

  /** Which attempt at this change it is, counted from 1. */
  public int attempt() {
    return Attempt.current().orElseThrow().number();
  }

  /** Whether an earlier attempt may have sent already what this one would send. */
  public boolean isRepeated() {
    return Attempt.current().orElseThrow().number() > 1;
  }

  /** Says that there is nothing to do but to look again. */
  public ApplicationFailure underWay(String status, Duration untilNextLook) {
    return Failures.inProgress(status, pace.of(untilNextLook));
  }

  /** Says that it cannot go on without a person. */
  public ApplicationFailure refused(String sentence) {
    return Failures.lasting("Refused", call.kind() + ": " + sentence);
  }
}
