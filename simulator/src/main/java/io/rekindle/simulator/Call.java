package io.rekindle.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rekindle.simulator.fault.Effect;
import io.rekindle.simulator.wire.Caller;
import io.rekindle.simulator.wire.Request;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One call that reached the simulator.
 *
 * @param status what the simulated AWS made of it; 0 as long as it has not answered, and for ever
 *     when a fault kept the call away from it
 * @param fault what happened to the call on its way
 * @param content a digest of all that was asked: the same for the same request
 */
public record Call(
    Instant at,
    String service,
    String operation,
    String region,
    Caller caller,
    int status,
    @Nullable Effect fault,
    String content) {
  private static final int DIGEST_BYTES = 8;

  static Call arrived(Request request) {
    return new Call(
        Instant.now(),
        request.service(),
        request.operation(),
        request.region(),
        request.caller(),
        0,
        null,
        digest(request));
  }

  Call hitBy(Effect effect) {
    return new Call(at, service, operation, region, caller, status, effect, content);
  }

  Call answered(int with) {
    return new Call(at, service, operation, region, caller, with, fault, content);
  }

  /** Whether AWS did what was asked, whatever became of the answer. */
  public boolean isDone() {
    return status >= 200 && status < 300;
  }

  /** Whether it is there to alter something. */
  public boolean isChange() {
    return Request.isChange(operation);
  }

  private static String digest(Request request) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((request.method() + ' ' + request.path() + '?' + request.query()).getBytes(UTF_8));
      return HexFormat.of().formatHex(sha.digest(request.body()), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public boolean is(String askedService, String askedOperation) {
    return service.equals(askedService) && operation.equals(askedOperation);
  }
}
