package io.rekindle.simulator.fault;

import io.rekindle.simulator.wire.Request;
import java.time.Duration;

/**
 * Which calls a fault hits. What is left empty is any.
 *
 * @param service the name it is signed for, such as {@code rds}
 * @param region the Region it is signed for; Route 53 and IAM are signed for us-east-1
 * @param step the step of a plan
 * @param skip how many calls that fit are spared first
 * @param times how many calls are hit
 * @param lasting how long it hits, from when it is set up
 */
public record Aim(
    String service,
    String operation,
    String region,
    String step,
    String account,
    int skip,
    int times,
    Duration lasting) {
  private static final Duration FOR_EVER = Duration.ofDays(365);

  public static Aim anything() {
    return new Aim("", "", "", "", "", 0, Integer.MAX_VALUE, FOR_EVER);
  }

  public static Aim at(String service) {
    return new Aim(service, "", "", "", "", 0, Integer.MAX_VALUE, FOR_EVER);
  }

  public static Aim at(String service, String operation) {
    return new Aim(service, operation, "", "", "", 0, Integer.MAX_VALUE, FOR_EVER);
  }

  public Aim in(String asked) {
    return new Aim(service, operation, asked, step, account, skip, times, lasting);
  }

  public Aim ofStep(String asked) {
    return new Aim(service, operation, region, asked, account, skip, times, lasting);
  }

  public Aim ofAccount(String asked) {
    return new Aim(service, operation, region, step, asked, skip, times, lasting);
  }

  /** Only so many calls. */
  public Aim times(int count) {
    return new Aim(service, operation, region, step, account, skip, count, lasting);
  }

  public Aim once() {
    return times(1);
  }

  /** Not the first so many calls. */
  public Aim after(int count) {
    return new Aim(service, operation, region, step, account, count, times, lasting);
  }

  /** Only so long. */
  public Aim lasting(Duration time) {
    return new Aim(service, operation, region, step, account, skip, times, time);
  }

  boolean isAllOf(String asked) {
    return region.equals(asked)
        && service.isEmpty()
        && operation.isEmpty()
        && step.isEmpty()
        && account.isEmpty();
  }

  boolean fits(Request request) {
    return fits(service, request.service())
        && fits(operation, request.operation())
        && fits(region, request.region())
        && fits(step, request.caller().step())
        && fits(account, request.caller().account());
  }

  private static boolean fits(String wanted, String seen) {
    return wanted.isEmpty() || wanted.equals(seen);
  }
}
