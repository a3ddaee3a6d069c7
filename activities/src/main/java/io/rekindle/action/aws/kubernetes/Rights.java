package io.rekindle.action.aws.kubernetes;

import io.rekindle.plan.step.compute.Kubernetes;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the cluster lets us do. IAM alone permits nothing there, and to find that out in the middle
 * of a recovery is too late.
 */
record Rights(Api api) {

  /**
   * Something that a rule of RBAC permits.
   *
   * @param subresource empty for the resource itself
   * @param name empty for all of the namespace
   */
  record Right(String verb, String group, String resource, String subresource, String name) {
    @Override
    public String toString() {
      return verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource);
    }
  }

  /** What is missing for the step, in words. */
  Optional<String> lack() {
    String missing =
        needed()
            .filter(right -> !api.permits(right))
            .map(Right::toString)
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the step may not %s for %s: allow it there, by an access policy or by a Role"
                .formatted(missing, api.it()));
  }

  private Stream<Right> needed() {
    Kubernetes.Scale with = api.work().with();
    Right scale = new Right("update", "apps", api.resource(), "scale", with.workload());
    Right pods = new Right("list", "", "pods", "", "");
    return Stream.concat(
        Stream.of(scale, pods),
        Stream.ofNullable(with.autoscaler())
            .map(it ->
                new Right("patch", "autoscaling", "horizontalpodautoscalers", "", it.name())));
  }
}
