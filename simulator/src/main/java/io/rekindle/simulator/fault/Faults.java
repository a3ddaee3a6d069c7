package io.rekindle.simulator.fault;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that are set up; the first that fits a call hits it. */
public final class Faults {
  private final List<Fault> all = new CopyOnWriteArrayList<>();
  private final Lag lag = new Lag();

  public Fault throttle(Aim aim) {
    return add(new Fault(aim, Effect.REFUSED, Refusal::throttling));
  }

  public Fault unavailable(Aim aim) {
    return add(new Fault(aim, Effect.REFUSED, Refusal::unavailable));
  }

  public Fault expireCredentials(Aim aim) {
    return add(new Fault(aim, Effect.REFUSED, Refusal::expired));
  }

  /** Any other refusal, such as 400 InsufficientDBInstanceCapacity. */
  public Fault refuse(Aim aim, int status, String code, String message) {
    return add(new Fault(aim, Effect.REFUSED, any -> new Refusal(status, code, message)));
  }

  public Fault cut(Aim aim) {
    return add(new Fault(aim, Effect.CUT, Refusal::unavailable));
  }

  public Fault hang(Aim aim) {
    return add(new Fault(aim, Effect.SILENT, Refusal::unavailable));
  }

  public Fault loseAnswer(Aim aim) {
    return add(new Fault(aim, Effect.ANSWER_LOST, Refusal::unavailable));
  }

  /**
   * Everything in a Region falls silent. For us-east-1 that includes the control planes of Route 53
   * and IAM, as it does on AWS.
   */
  public Fault dark(String region) {
    return hang(Aim.anything().in(region));
  }

  /** From now on looks show a change only so long after it, and meanwhile what was so before. */
  public void lag(Duration time) {
    lag.last(time);
  }

  /** Answers as AWS does, or as it would have a moment ago. */
  public Reply answer(Request request, Cloud cloud) {
    return lag.answer(request, cloud);
  }

  private Fault add(Fault fault) {
    all.add(fault);
    return fault;
  }

  /** Ends all of them. */
  public void clear() {
    all.forEach(Fault::end);
    all.clear();
    lag(Duration.ZERO);
  }

  /** Whether a whole Region is silent, and so what runs in it. */
  public boolean silences(String region) {
    return all.stream().anyMatch(fault -> fault.silences(region));
  }

  public Optional<Fault> striking(Request request) {
    return all.stream().filter(fault -> fault.strikes(request)).findFirst();
  }
}
