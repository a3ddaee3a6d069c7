package io.rekindle.starter.run;

import io.grpc.StatusRuntimeException;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Unreachable;
import io.temporal.client.WorkflowClient;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the Temporal server is: as Temporal's own tools find it, by TEMPORAL_… and temporal.toml,
 * unless an option says otherwise.
 *
 * @param profile which profile of temporal.toml
 */
public record Server(
    Optional<String> address, Optional<String> namespace, Optional<String> profile) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Throws {@link Unreachable} when nobody answers. */
  public Runs connect() {
    ClientConfigProfile settings = settings();
    WorkflowServiceStubsOptions options = settings.toWorkflowServiceStubsOptions();
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options);
    WorkflowClient client = WorkflowClient.newInstance(stubs, settings.toWorkflowClientOptions());
    String where = options.getTarget() + ", namespace " + client.getOptions().getNamespace();
    try {
      stubs.connect(PATIENCE);
    } catch (StatusRuntimeException | IllegalStateException silent) {
      stubs.shutdownNow();
      throw new Unreachable(
          "No Temporal server answered at "
              + where
              + " within "
              + PATIENCE.toSeconds()
              + "s: "
              + silent.getMessage()
              + ". Set --address or TEMPORAL_ADDRESS.");
    }
    return new Runs(stubs, client, where);
  }

  private ClientConfigProfile settings() {
    try {
      LoadClientConfigProfileOptions.Builder load = LoadClientConfigProfileOptions.newBuilder();
      profile.ifPresent(load::setConfigFileProfile);
      ClientConfigProfile.Builder settings = ClientConfigProfile.load(load.build()).toBuilder();
      address.ifPresent(settings::setAddress);
      namespace.ifPresent(settings::setNamespace);
      return settings.build();
    } catch (IOException | RuntimeException unreadable) {
      throw new BadInput("Temporal's settings cannot be read: " + unreadable.getMessage());
    }
  }
}
