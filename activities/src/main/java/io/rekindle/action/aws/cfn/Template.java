package io.rekindle.action.aws.cfn;

import io.rekindle.plan.step.compute.Cfn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** The template that a step deploys: the one it is given, or that of the stack. */
record Template(Stacks stacks) {
  private Cfn.Deploy with() {
    return stacks.work().with();
  }

  /** What is wrong with it, or with what is given to it. */
  Optional<String> lack(Optional<Stack> stack) {
    if (with().template() == null) {
      return stack.isEmpty()
          ? Optional.of(stacks.it() + " does not exist, and no template is given to create it")
          : unknown(parameters(stack));
    }
    Optional<String> elsewhere =
        with().template().region().filter(region -> !region.equals(stacks.work().call().region()));
    if (elsewhere.isPresent()) {
      return Optional.of(
          "the template %s is in %s, which may not answer when it is needed: keep a copy in %s"
              .formatted(with().template(), elsewhere.get(), stacks.work().call().region()));
    }
    GetTemplateSummaryResponse summary = summary();
    return transforms(summary).or(() -> unacknowledged(summary));
  }

  /** AWS permits each transform to itself, and the policy follows from the capabilities. */
  private Optional<String> transforms(GetTemplateSummaryResponse summary) {
    return summary.declaredTransforms().isEmpty()
            || capabilities().contains(Capability.CAPABILITY_AUTO_EXPAND.toString())
        ? Optional.empty()
        : Optional.of(
            ("the template %s uses transforms (%s): name autoExpand in capabilities (retry --set"
                    + " capabilities=autoExpand), and allow the worker's role what the kind's page"
                    + " lists for it")
                .formatted(with().template(), String.join(", ", summary.declaredTransforms())));
  }

  private Optional<String> unacknowledged(GetTemplateSummaryResponse summary) {
    Set<String> missing = new TreeSet<>(summary.capabilitiesAsStrings());
    missing.removeAll(capabilities());
    if (capabilities().contains(Capability.CAPABILITY_NAMED_IAM.toString())) {
      missing.remove(Capability.CAPABILITY_IAM.toString());
    }
    return missing.isEmpty()
        ? unknown(declared(summary))
        : Optional.of(
            "the template %s needs %s (capabilities): %s"
                .formatted(
                    with().template(), String.join(", ", missing), summary.capabilitiesReason()));
  }

  /** What of it the step acknowledges, in AWS's words. */
  List<String> capabilities() {
    return with().capabilities().stream()
        .map(each ->
            switch (each) {
              case IAM -> Capability.CAPABILITY_IAM;
              case NAMED_IAM -> Capability.CAPABILITY_NAMED_IAM;
              case AUTO_EXPAND -> Capability.CAPABILITY_AUTO_EXPAND;
            })
        .map(Capability::toString)
        .toList();
  }

  /** The names of its parameters. */
  Set<String> parameters(Optional<Stack> stack) {
    return with().template() == null
        ? Stacks.parameters(stack.orElseThrow()).keySet()
        : declared(summary());
  }

  private GetTemplateSummaryResponse summary() {
    String url = String.valueOf(with().template());
    return stacks.cfn().getTemplateSummary(request -> request.templateURL(url));
  }

  private static Set<String> declared(GetTemplateSummaryResponse summary) {
    return summary.parameters().stream()
        .map(ParameterDeclaration::parameterKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Optional<String> unknown(Set<String> declared) {
    Set<String> unknown = new TreeSet<>(with().parameters().keySet());
    unknown.removeAll(declared);
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the template of %s has no parameter %s"
                .formatted(stacks.it(), String.join(", ", unknown)));
  }
}
