package io.rekindle.starter.command;

import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Server;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the Temporal server is. */
final class ServerOptions {
  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "The Temporal server; otherwise as TEMPORAL_ADDRESS or temporal.toml say.")
  private String address = "";

  @Option(names = "--namespace", description = "The namespace on the server.")
  private String namespace = "";

  @Option(names = "--profile", description = "The profile of temporal.toml.")
  private String profile = "";

  Runs connect() {
    return new Server(given(address), given(namespace), given(profile)).connect();
  }

  private static Optional<String> given(String option) {
    return Optional.of(option).filter(value -> !value.isEmpty());
  }
}
