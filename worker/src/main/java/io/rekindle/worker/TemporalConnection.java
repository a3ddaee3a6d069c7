package io.rekindle.worker;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.util.Duration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.rekindle.action.aws.Pace;
import io.rekindle.action.aws.dns.NameServers;
import io.rekindle.action.aws.net.Trust;
import io.temporal.client.WorkflowClient;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The server, as Temporal's own tools find it: by TEMPORAL_… and temporal.toml. */
@Factory
final class TemporalConnection {
  private static final double SECONDS_BETWEEN_REPORTS = 5;

  @Singleton
  ClientConfigProfile profile() {
    try {
      return ClientConfigProfile.load();
    } catch (IOException | RuntimeException unreadable) {
      throw new CannotStart("Temporal's settings cannot be read: " + unreadable.getMessage());
    }
  }

  @Singleton
  @Bean(preDestroy = "shutdownNow")
  WorkflowServiceStubs stubs(ClientConfigProfile profile, Polls polls, MeterRegistry metrics) {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions())
            .setGrpcClientInterceptors(List.of(polls))
            .setSystemInfoTimeout(StartupChecks.LOOK)
            .setMetricsScope(
                new RootScopeBuilder()
                    .reporter(new MicrometerClientStatsReporter(metrics))
                    .reportEvery(Duration.ofSeconds(SECONDS_BETWEEN_REPORTS)))
            .build());
  }

  @Singleton
  WorkflowClient client(ClientConfigProfile profile, WorkflowServiceStubs stubs) {
    return WorkflowClient.newInstance(stubs, profile.toWorkflowClientOptions());
  }

  @Singleton
  Pace pace(WorkerSettings settings) {
    return new Pace(settings.pace());
  }

  @Singleton
  NameServers nameServers(WorkerSettings settings) {
    try {
      return settings.dns().isBlank()
          ? NameServers.OF_THE_INTERNET
          : NameServers.at(settings.dns());
    } catch (IllegalArgumentException wrong) {
      throw new CannotStart("rekindle.dns: " + wrong.getMessage());
    }
  }

  @Singleton
  Trust trust(WorkerSettings settings) {
    try {
      return settings.trust().isBlank()
          ? Trust.OF_JAVA
          : Trust.ofJavaAnd(Path.of(settings.trust()));
    } catch (IllegalArgumentException wrong) {
      throw new CannotStart("rekindle.trust: " + wrong.getMessage());
    }
  }
}
