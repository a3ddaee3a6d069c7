package io.rekindle.simulator;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;

/** Clients of one account in one Region that never try twice. */
record Aws(URI endpoint, String account, Region region) {
  static final Region EAST = Region.US_EAST_2;
  static final Region WEST = Region.US_WEST_2;
  private static final SdkHttpClient HTTP = ApacheHttpClient.create();

  static Aws of(Simulator simulator, String account) {
    return new Aws(simulator.endpoint(), account, EAST);
  }

  Aws in(Region other) {
    return new Aws(endpoint, account, other);
  }

  <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(region)
        .httpClient(HTTP)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "secret")))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallAttemptTimeout(Duration.ofSeconds(60))
                .build())
        .build();
  }
}
