package io.rekindle.action.aws.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.kubernetes.Rights.Right;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.plan.step.compute.Kubernetes.Autoscaler;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The API of the step's cluster, as far as the step needs it. */
record Api(Work<Kubernetes.Scale> work, Way way, KubernetesClient client) implements AutoCloseable {
  static final Duration LOOK = Duration.ofSeconds(10);

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  static Api of(Work<Kubernetes.Scale> work) {
    Way way = Way.of(work);
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withKubernetesSerialization(SERIALIZATION)
            .withConfig(config(way))
            .withHttpClientFactory(Connection.to(way, work))
            .build();
    return new Api(work, way, client);
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
  private <T extends @Nullable Object> T ask(String what, Supplier<T> question) {
    client.getConfiguration().setRequestTimeout((int) work.timeFor(CALL).toMillis());
    try {
      return question.get();
    } catch (KubernetesClientException failure) {
      throw new ApiFailures(work, way).explain(failure, what);
    }
  }

  private String namespace() {
    return work.with().namespace();
  }

  private String name() {
    return work.with().workload();
  }

  /** The workload, for sentences. */
  String it() {
    return "the %s %s in namespace %s of %s".formatted(kind(), name(), namespace(), way.cluster());
  }

  private String kind() {
    return switch (work.with().kind()) {
      case DEPLOYMENT -> "Deployment";
      case STATEFUL_SET -> "StatefulSet";
    };
  }

  /** As rules of RBAC name it. */
  String resource() {
    return switch (work.with().kind()) {
      case DEPLOYMENT -> "deployments";
      case STATEFUL_SET -> "statefulsets";
    };
  }

  boolean permits(Right right) {
    SelfSubjectAccessReview question =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(namespace())
            .withVerb(right.verb())
            .withGroup(right.group())
            .withResource(right.resource())
            .withSubresource(right.subresource())
            .withName(right.name())
            .endResourceAttributes()
            .endSpec()
            .build();
    return Boolean.TRUE.equals(
        ask(
                "ask whether it may "
                    + right
                    + " in namespace "
                    + namespace()
                    + " of "
                    + way.cluster(),
                () -> client.authorization().v1().selfSubjectAccessReview().create(question))
            .getStatus()
            .getAllowed());
  }

  Optional<Workload> find() {
    return ask(
        "read " + it(),
        () ->
            switch (work.with().kind()) {
              case DEPLOYMENT ->
                  Optional.ofNullable(
                          client
                              .apps()
                              .deployments()
                              .inNamespace(namespace())
                              .withName(name())
                              .get())
                      .map(Workload::of);
              case STATEFUL_SET ->
                  Optional.ofNullable(
                          client
                              .apps()
                              .statefulSets()
                              .inNamespace(namespace())
                              .withName(name())
                              .get())
                      .map(Workload::of);
            });
  }

  /** The autoscalers that set the count of the workload. */
  List<Autoscaler> autoscalers() {
    return ask(
            "list the HorizontalPodAutoscalers of " + it(),
            () ->
                client
                    .autoscaling()
                    .v2()
                    .horizontalPodAutoscalers()
                    .inNamespace(namespace())
                    .list()
                    .getItems())
        .stream()
        .filter(each -> each.getSpec().getScaleTargetRef().getKind().equals(kind()))
        .filter(each -> each.getSpec().getScaleTargetRef().getName().equals(name()))
        .map(Api::limits)
        .toList();
  }

  /** One that names no least number has one. */
  private static Autoscaler limits(HorizontalPodAutoscaler it) {
    Integer min = it.getSpec().getMinReplicas();
    return new Autoscaler(
        it.getMetadata().getName(), min == null ? 1 : min, it.getSpec().getMaxReplicas());
  }

  void limit(Autoscaler to) {
    String patch =
        "{\"spec\":{\"minReplicas\":%d,\"maxReplicas\":%d}}".formatted(to.min(), to.max());
    ask(
        "patch the HorizontalPodAutoscaler %s of %s".formatted(to.name(), it()),
        () ->
            client
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace())
                .withName(to.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
  }

  /** Refused where the workload is no longer what was seen. */
  void scale(Workload seen, int replicas) {
    Scale wanted =
        new ScaleBuilder()
            .withNewMetadata()
            .withNamespace(namespace())
            .withName(name())
            .withResourceVersion(seen.version())
            .endMetadata()
            .withNewSpec()
            .withReplicas(replicas)
            .endSpec()
            .build();
    ask(
        "scale " + it() + " to " + replicas,
        () ->
            switch (work.with().kind()) {
              case DEPLOYMENT ->
                  client
                      .apps()
                      .deployments()
                      .inNamespace(namespace())
                      .withName(name())
                      .scale(wanted);
              case STATEFUL_SET ->
                  client
                      .apps()
                      .statefulSets()
                      .inNamespace(namespace())
                      .withName(name())
                      .scale(wanted);
            });
  }

  /** The pods that it selects and whose containers have not all ended. */
  List<Pod> pods(LabelSelector selector) {
    return ask(
            "list the pods of " + it(),
            () ->
                client
                    .pods()
                    .inNamespace(namespace())
                    .withLabelSelector(selector)
                    .list()
                    .getItems())
        .stream()
        .filter(pod -> !List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
        .toList();
  }

  /** What is told of one object for this reason; empty too where nobody may read it. */
  List<String> events(String kind, String name, String reason) {
    try {
      return client
          .v1()
          .events()
          .inNamespace(namespace())
          .withField("involvedObject.kind", kind)
          .withField("involvedObject.name", name)
          .withField("reason", reason)
          .list()
          .getItems()
          .stream()
          .map(Event::getMessage)
          .toList();
    } catch (KubernetesClientException failure) {
      if (failure.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw new ApiFailures(work, way).explain(failure, "list the events of " + it());
      }
      return List.of();
    }
  }

  List<String> refusals() {
    return events(kind(), name(), "FailedCreate");
  }

  @Override
  public void close() {
    client.close();
  }
}
