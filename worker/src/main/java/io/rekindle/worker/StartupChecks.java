package io.rekindle.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a server that is not there yet, and refuses one on which no run can be found. */
@Singleton
final class StartupChecks {
  private static final Logger LOG = LoggerFactory.getLogger(StartupChecks.class);

  /** How long one look for the server may take. */
  static final Duration LOOK = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final WorkflowServiceStubs stubs;
  private final Namespace namespace;
  private final SearchAttributes attributes;
  private final WorkerSettings settings;
  private final String address;

  StartupChecks(
      WorkflowServiceStubs stubs,
      Namespace namespace,
      SearchAttributes attributes,
      WorkerSettings settings) {
    this.stubs = stubs;
    this.namespace = namespace;
    this.attributes = attributes;
    this.settings = settings;
    this.address = stubs.getOptions().getTarget();
  }

  /**
   * @throws CannotStart with what a person can do about it
   */
  void pass() {
    awaitServer();
    try {
      namespace.check();
      attributes.check();
    } catch (StatusRuntimeException refused) {
      throw new CannotStart(
          "The Temporal server at %s refused a question about the namespace '%s': %s"
              .formatted(address, namespace.name(), refused.getMessage()));
    }
  }

  private void awaitServer() {
    long began = System.nanoTime();
    boolean told = false;
    while (true) {
      try {
        stubs.connect(LOOK);
        return;
      } catch (StatusRuntimeException | IllegalStateException silent) {
        refuseToWait(silent);
        Duration waited = Duration.ofNanos(System.nanoTime() - began);
        if (waited.compareTo(settings.patience()) >= 0) {
          throw unreachable(silent);
        }
        if (!told) {
          LOG.info(
              "no Temporal server answered at {} yet; waiting for up to {}s",
              address,
              settings.patience().toSeconds());
          told = true;
        }
        pause();
      }
    }
  }

  private void refuseToWait(RuntimeException silent) {
    Status.Code code = Status.fromThrowable(silent).getCode();
    if (code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED) {
      throw new CannotStart(
          ("The Temporal server at %s refused these credentials: %s. Check "
                  + "TEMPORAL_API_KEY or TEMPORAL_TLS_….")
              .formatted(address, silent.getMessage()));
    }
  }

  private CannotStart unreachable(RuntimeException silent) {
    return new CannotStart(
        ("No Temporal server answered at %s within %ds: %s. Start one, or set TEMPORAL_ADDRESS to "
                + "where it is.")
            .formatted(address, settings.patience().toSeconds(), silent.getMessage()));
  }

  private void pause() {
    stubs.getRawChannel().resetConnectBackoff();
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CannotStart("The worker was stopped while it waited for its server.");
    }
  }
}
