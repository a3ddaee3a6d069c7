package io.rekindle.action.aws.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.kubernetes.Rights.Right;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.plan.step.compute.Kubernetes.Autoscaler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The workload of a step and what belongs to it, as the API of its cluster shows them. */
record Api(Work<Kubernetes.Scale> work, Server server) implements AutoCloseable {
  static final Duration LOOK = Duration.ofSeconds(10);

  static Api of(Work<Kubernetes.Scale> work) {
    return new Api(work, Server.of(work));
  }

  private String namespace() {
    return work.with().namespace();
  }

  private String name() {
    return work.with().workload();
  }

  /** The workload, for sentences. */
  String it() {
    return "the %s %s in namespace %s of %s"
        .formatted(kind(), name(), namespace(), server.way().cluster());
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
        server
            .ask(
                "ask whether it may "
                    + right
                    + " in namespace "
                    + namespace()
                    + " of "
                    + server.way().cluster(),
                client -> client.authorization().v1().selfSubjectAccessReview().create(question))
            .getStatus()
            .getAllowed());
  }

  Optional<Workload> find() {
    return server.ask(
        "read " + it(),
        client ->
            switch (work.with().kind()) {
              case DEPLOYMENT -> Optional.ofNullable(deployment(client).get()).map(Workload::of);
              case STATEFUL_SET -> Optional.ofNullable(statefulSet(client).get()).map(Workload::of);
            });
  }

  private RollableScalableResource<Deployment> deployment(KubernetesClient client) {
    return client.apps().deployments().inNamespace(namespace()).withName(name());
  }

  private RollableScalableResource<StatefulSet> statefulSet(KubernetesClient client) {
    return client.apps().statefulSets().inNamespace(namespace()).withName(name());
  }

  /** The autoscalers that set the count of the workload. */
  List<Autoscaler> autoscalers() {
    return server
        .ask(
            "list the HorizontalPodAutoscalers of " + it(),
            client ->
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
    server.ask(
        "patch the HorizontalPodAutoscaler %s of %s".formatted(to.name(), it()),
        client ->
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
    server.ask(
        "scale " + it() + " to " + replicas,
        client ->
            switch (work.with().kind()) {
              case DEPLOYMENT -> deployment(client).scale(wanted);
              case STATEFUL_SET -> statefulSet(client).scale(wanted);
            });
  }

  /** The pods that it selects and whose containers have not all ended. */
  List<Pod> pods(LabelSelector selector) {
    return server
        .ask(
            "list the pods of " + it(),
            client ->
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

  /** What is told of one object for this reason; nothing where nobody may read it. */
  List<String> events(String kind, String name, String reason) {
    return server
        .askIfPermitted(
            "list the events of " + it(),
            client ->
                client
                    .v1()
                    .events()
                    .inNamespace(namespace())
                    .withField("involvedObject.kind", kind)
                    .withField("involvedObject.name", name)
                    .withField("reason", reason)
                    .list()
                    .getItems())
        .orElse(List.of())
        .stream()
        .map(Event::getMessage)
        .toList();
  }

  List<String> refusals() {
    return events(kind(), name(), "FailedCreate");
  }

  @Override
  public void close() {
    server.close();
  }
}
