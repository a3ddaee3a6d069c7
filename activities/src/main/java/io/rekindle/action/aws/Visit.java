package io.rekindle.action.aws;

import io.rekindle.action.aws.AwsClients.Access;
import io.rekindle.action.aws.AwsClients.Sending;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;

/** Looks at a Region in somebody's name, for no single step. */
public final class Visit {
  private final AwsClients clients;
  private final Access access;

  Visit(AwsClients clients, Access access) {
    this.clients = clients;
    this.access = access;
  }

  public <C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>>
      C client(Class<C> type, Supplier<B> builder) {
    return clients.client(access, Sending.PATIENT, type, builder);
  }
}
