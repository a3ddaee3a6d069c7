package io.rekindle.action.aws.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Kubernetes;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The API server of the step's cluster, asked by one attempt. */
record Server(Work<Kubernetes.Scale> work, Way way, KubernetesClient client)
    implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  static Server of(Work<Kubernetes.Scale> work) {
    Way way = Way.of(work);
    return new Server(
        work,
        way,
        new KubernetesClientBuilder()
            .withKubernetesSerialization(SERIALIZATION)
            .withConfig(config(way))
            .withHttpClientFactory(Connection.to(way, work))
            .build());
  }

  /**
   * Of this machine nothing is read: neither its kubeconfig nor its environment nor the account of
   * the pod it runs in. Retries are Temporal's.
   */
  private static Config config(Way way) {
    ConfigBuilder config =
        new ConfigBuilder()
            .withAutoConfigure(false)
            .withMasterUrl(way.server())
            .withUserAgent("rekindle")
            .withConnectionTimeout((int) CONNECT.toMillis())
            .withRequestRetryBackoffLimit(0);
    return switch (way.as()) {
      case Way.Token token -> config.withOauthToken(token.secret()).build();
      case Way.Certificate shownByTls -> config.build();
    };
  }

  /** Empty for what cannot be read; the reason is not told, because it may quote a secret. */
  static <T> Optional<T> parsed(String yaml, Class<T> type) {
    try {
      return Optional.ofNullable(SERIALIZATION.unmarshal(yaml, type));
    } catch (RuntimeException whoseMessageMayHoldTheSecret) {
      return Optional.empty();
    }
  }

  /**
   * @param what what is tried, for the sentence that says that it failed
   */
  <T extends @Nullable Object> T ask(String what, Function<KubernetesClient, T> question) {
    try {
      return question.apply(inTime());
    } catch (KubernetesClientException failure) {
      throw new ApiFailures(work, way).explain(failure, what);
    }
  }

  /** The same; empty where we may not. */
  <T> Optional<T> askIfPermitted(String what, Function<KubernetesClient, T> question) {
    try {
      return Optional.of(question.apply(inTime()));
    } catch (KubernetesClientException failure) {
      if (failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return Optional.empty();
      }
      throw new ApiFailures(work, way).explain(failure, what);
    }
  }

  /** A client whose next answer comes before the attempt must have ended, or not at all. */
  private KubernetesClient inTime() {
    client.getConfiguration().setRequestTimeout((int) work.timeFor(CALL).toMillis());
    return client;
  }

  @Override
  public void close() {
    client.close();
  }
}
