package io.rekindle.action.aws;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one verb, and how long it may go on: no request is sent once the server may have
 * given the attempt to somebody else. The requests of a thread find their attempt by themselves.
 */
public final class Attempt implements AutoCloseable {
  private static final ThreadLocal<@Nullable Attempt> CURRENT = new ThreadLocal<>();
  private static final Duration LONGEST_CALL = Duration.ofSeconds(25);

  /** A request ends this long before the server gives the attempt up. */
  static final Duration MARGIN = Duration.ofSeconds(3);

  private static final Duration SHORTEST_CALL = Duration.ofSeconds(1);

  private final String what;
  private final ActionCall call;
  private final int number;
  private final long end;
  private final Duration silence;
  private volatile long lastSign = System.nanoTime();
  private volatile boolean givenUp;
  private final List<Runnable> endings = new CopyOnWriteArrayList<>();
  private @Nullable Request last;
  private @Nullable String receipt;

  /** Something that goes on outside, until it is closed or nobody waits for it any more. */
  public interface GoingOn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * What was asked of AWS.
   *
   * @param subject the names in the request; empty when it has none
   */
  record Request(String service, String operation, String subject, String region) {}

  /**
   * @param number counts from 1
   * @param time until the attempt must have ended
   * @param silence how long it may be without a sign of life; zero when none are given
   */
  Attempt(ActionCall call, int number, Duration time, Duration silence) {
    this(call.kind() + " of step '" + call.key().step() + "'", call, number, time, silence);
  }

  /**
   * @param what is attempted, for sentences
   */
  Attempt(String what, ActionCall call, int number, Duration time, Duration silence) {
    this.what = what;
    this.call = call;
    this.number = number;
    this.end = System.nanoTime() + time.toNanos();
    this.silence = silence;
  }

  /** Makes the requests of this thread belong to this attempt, until it is closed. */
  Attempt begin() {
    CURRENT.set(this);
    return this;
  }

  @Override
  public void close() {
    CURRENT.remove();
  }

  static Optional<Attempt> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  ActionCall call() {
    return call;
  }

  String what() {
    return what;
  }

  int number() {
    return number;
  }

  void showLife() {
    lastSign = System.nanoTime();
  }

  /** Whatever goes on outside is ended, without waiting for that. */
  void giveUp() {
    givenUp = true;
    endings.forEach(Thread::startVirtualThread);
  }

  /**
   * @param ending what ends it as soon as this attempt is given up
   */
  GoingOn goingOn(Runnable ending) {
    endings.add(ending);
    if (givenUp) {
      ending.run();
    }
    return () -> endings.remove(ending);
  }

  void note(Request request) {
    last = request;
  }

  /** What was asked last. */
  Optional<Request> last() {
    return Optional.ofNullable(last);
  }

  void keep(String name) {
    receipt = name;
  }

  /** What AWS calls the change that it accepted, if it said so. */
  Optional<String> receipt() {
    return Optional.ofNullable(receipt);
  }

  /** How long a request of AWS's API that begins now may take. */
  Duration timeForCall() {
    Duration left = timeLeft();
    return left.compareTo(LONGEST_CALL) < 0 ? left : LONGEST_CALL;
  }

  /** How long anything that begins now may take. */
  Duration timeLeft() {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    if (givenUp || isSilent() || left.compareTo(SHORTEST_CALL) < 0) {
      throw Failures.passing(
          "OutOfTime", what + ": this attempt ran out of time; the next one continues.");
    }
    return left;
  }

  private boolean isSilent() {
    return silence.isPositive() && System.nanoTime() - lastSign > silence.toNanos();
  }
}
