package io.rekindle.simulator.fault;

import io.rekindle.simulator.wire.Protocol;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Request;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One fault that was set up. */
public final class Fault implements AutoCloseable {
  private final Aim aim;
  private final Effect effect;
  private final Function<Protocol, Refusal> refusal;
  private final Instant until;
  private final CountDownLatch ended = new CountDownLatch(1);
  private int seen;

  Fault(Aim aim, Effect effect, Function<Protocol, Refusal> refusal) {
    this.aim = aim;
    this.effect = effect;
    this.refusal = refusal;
    until = Instant.now().plus(aim.lasting());
  }

  public Effect effect() {
    return effect;
  }

  /** What a call that is hit is told. */
  public Refusal refusal(Protocol protocol) {
    return refusal.apply(protocol);
  }

  /** How many calls it has hit. */
  public synchronized int hits() {
    return Math.clamp((long) seen - aim.skip(), 0, aim.times());
  }

  /** Ends it, for calls that still hang too. */
  public void end() {
    ended.countDown();
  }

  @Override
  public void close() {
    end();
  }

  synchronized boolean strikes(Request request) {
    if (isOver() || !aim.fits(request)) {
      return false;
    }
    seen++;
    return seen > aim.skip() && seen - aim.skip() <= aim.times();
  }

  boolean silences(String region) {
    return effect == Effect.SILENT && aim.isAllOf(region) && !isOver();
  }

  private boolean isOver() {
    return ended.getCount() == 0 || Instant.now().isAfter(until);
  }

  public void awaitEnd() throws InterruptedException {
    boolean early =
        ended.await(
            Math.max(0, until.toEpochMilli() - Instant.now().toEpochMilli()),
            TimeUnit.MILLISECONDS);
    if (!early) {
      end();
    }
  }
}
