package io.rekindle.simulator;

import io.rekindle.simulator.fault.Effect;
import io.rekindle.simulator.wire.Caller;
import io.rekindle.simulator.wire.Request;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call that reached the simulator.
 *
 * @param status what the simulated AWS made of it; 0 as long as it has not answered, and for ever
 *     when a fault kept the call away from it
 * @param fault what happened to the call on its way
 */
public record Call(
    Instant at,
    String service,
    String operation,
    String region,
    Caller caller,
    int status,
    @Nullable Effect fault) {

  static Call arrived(Request request) {
    return new Call(
        Instant.now(),
        request.service(),
        request.operation(),
        request.region(),
        request.caller(),
        0,
        null);
  }

  Call hitBy(Effect effect) {
    return new Call(at, service, operation, region, caller, status, effect);
  }

  Call answered(int with) {
    return new Call(at, service, operation, region, caller, with, fault);
  }

  /** Whether AWS did what was asked, whatever became of the answer. */
  public boolean isDone() {
    return status >= 200 && status < 300;
  }

  public boolean is(String askedService, String askedOperation) {
    return service.equals(askedService) && operation.equals(askedOperation);
  }
}
