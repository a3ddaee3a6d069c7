package io.rekindle.action.aws;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * One client for each service, Region and role. Credentials come from the SDK's default chain; a
 * role is taken on through STS of the very Region it is used in. Retries are few, or none: patience
 * is Temporal's.
 */
@Singleton
public final class AwsClients implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ATTEMPT = Duration.ofSeconds(10);
  private static final Duration CALL = Duration.ofSeconds(25);
  private static final int ATTEMPTS = 3;

  private final SdkHttpClient http;
  private final AwsCredentialsProvider ownCredentials;
  private final Map<Key, SdkClient> clients = new ConcurrentHashMap<>();
  private final Map<Access, AwsCredentialsProvider> credentials = new ConcurrentHashMap<>();

  @Inject
  public AwsClients() {
    this(
        ApacheHttpClient.builder()
            .connectionTimeout(CONNECT)
            // Attempts end by their own limit, which a request that takes longer may raise.
            .socketTimeout(CALL)
            .connectionAcquisitionTimeout(CONNECT)
            .maxConnections(200)
            .build(),
        DefaultCredentialsProvider.builder().build());
  }

  AwsClients(SdkHttpClient http, AwsCredentialsProvider ownCredentials) {
    this.http = http;
    this.ownCredentials = ownCredentials;
  }

  /**
   * Where requests go, and as whom.
   *
   * @param region where the role is taken on, and whose partition it is
   * @param anywhere whether the service belongs to no Region: the whole partition shares it
   */
  record Access(String region, @Nullable String role, boolean anywhere) {
    private Region awsRegion() {
      return anywhere ? worldOf(Region.of(region)) : Region.of(region);
    }

    private Region own() {
      return Region.of(region);
    }

    /** Whether both use the same credentials. */
    private boolean isAs(Access other) {
      return region.equals(other.region) && Objects.equals(role, other.role);
    }
  }

  /**
   * What the SDK calls a whole partition, such as aws-cn-global; a Region's own where it lacks one.
   */
  private static Region worldOf(Region region) {
    String world = PartitionMetadata.of(region).id() + "-global";
    return Region.regions().stream()
        .filter(each -> each.isGlobalRegion() && each.id().equals(world))
        .findFirst()
        .orElse(region);
  }

  /** How often a request may be sent. */
  enum Sending {
    /** Again, when it may not have arrived. */
    PATIENT,
    /** The same, without a signature. */
    UNSIGNED,
    /** Never again: without a guard, twice is twice. */
    ONCE
  }

  private record Key(Class<?> service, Access access, Sending sending) {}

  <C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C client(
      Access access, Sending sending, Class<C> type, Supplier<B> builder) {
    return type.cast(
        clients.computeIfAbsent(
            new Key(type, access, sending),
            key -> build(builder.get(), access.awsRegion(), sending, provider(access, sending))));
  }

  private <C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>>
      C build(B builder, Region region, Sending sending, AwsCredentialsProvider provider) {
    return builder
        .region(region)
        .credentialsProvider(provider)
        .httpClient(http)
        .overrideConfiguration(limits(sending))
        .build();
  }

  private static ClientOverrideConfiguration limits(Sending sending) {
    return ClientOverrideConfiguration.builder()
        .apiCallAttemptTimeout(ATTEMPT)
        .apiCallTimeout(CALL)
        .retryStrategy(
            switch (sending) {
              case PATIENT, UNSIGNED ->
                  AwsRetryStrategy.standardRetryStrategy().toBuilder()
                      .maxAttempts(ATTEMPTS)
                      .build();
              case ONCE -> AwsRetryStrategy.doNotRetry();
            })
        .addExecutionInterceptor(new RequestInterceptor())
        .build();
  }

  private AwsCredentialsProvider provider(Access access, Sending sending) {
    return switch (sending) {
      case UNSIGNED -> AnonymousCredentialsProvider.create();
      case PATIENT, ONCE -> credentials(access);
    };
  }

  private AwsCredentialsProvider credentials(Access access) {
    String role = access.role();
    return role == null
        ? ownCredentials
        : credentials.computeIfAbsent(access, each -> assuming(role, access));
  }

  private AwsCredentialsProvider assuming(String role, Access access) {
    StsClient sts = build(StsClient.builder(), access.own(), Sending.PATIENT, ownCredentials);
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(request -> request.roleArn(role).roleSessionName("rekindle"))
        .build();
  }

  /** Forgets credentials that AWS no longer accepts; clients made from now on fetch new ones. */
  void renew(Access access) {
    clients.keySet().removeIf(key -> key.access().isAs(access));
    credentials.keySet().removeIf(key -> key.isAs(access));
  }

  @Override
  @PreDestroy
  public void close() {
    clients.values().forEach(SdkAutoCloseable::close);
    clients.clear();
    credentials.clear();
    http.close();
    if (ownCredentials instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }
}
