package io.rekindle.action.aws.cfn;

import io.rekindle.plan.step.compute.Cfn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** The making of change sets: the step's own, and the one that takes it back. */
record Preparation(Stacks stacks) {
  private static final String STACK = "stackId";
  private static final String TEMPLATE = "template";
  private static final String PARAMETER = "parameter ";
  private static final String CAPABILITIES = "capabilities";

  /** The longest template that can be given without a bucket, and hence be put back. */
  private static final int LONGEST_TEMPLATE = 51_200;

  /** What CloudFormation shows in place of a secret parameter. */
  private static final String HIDDEN = "****";

  private Cfn.Deploy with() {
    return stacks.work().with();
  }

  /** What is wrong with the template, or with what is given to it. */
  Optional<String> lack(Optional<Stack> stack) {
    if (with().template() == null) {
      return stack.isEmpty()
          ? Optional.of(stacks.it() + " does not exist, and no template is given to create it")
          : unknown(parameters(stack.get()).keySet());
    }
    GetTemplateSummaryResponse summary = summary();
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

  private List<String> capabilities() {
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

  private static Map<String, String> parameters(Stack stack) {
    Map<String, String> all = new TreeMap<>();
    stack.parameters().forEach(each -> all.put(each.parameterKey(), each.parameterValue()));
    return all;
  }

  /** What the stack is before the step; empty where there is none. */
  Map<String, String> before(Optional<Stack> found) {
    if (found.isEmpty()) {
      return Map.of();
    }
    Stack stack = found.get();
    Map<String, String> before = new TreeMap<>();
    before.put(STACK, stack.stackId());
    before.put(CAPABILITIES, String.join(",", stack.capabilitiesAsStrings()));
    parameters(stack).forEach((name, value) -> before.put(PARAMETER + name, value));
    if (with().template() != null) {
      String body =
          stacks.cfn().getTemplate(request -> request.stackName(stacks.name())).templateBody();
      if (body.getBytes(StandardCharsets.UTF_8).length <= LONGEST_TEMPLATE) {
        before.put(TEMPLATE, body);
      }
    }
    return before;
  }

  static boolean wasThere(Map<String, String> before) {
    return before.containsKey(STACK);
  }

  /** Whether there is all that is needed to deploy what was before. */
  boolean canGoBack(Map<String, String> before) {
    return with().template() == null || before.containsKey(TEMPLATE);
  }

  /** Prepares what the step wants. */
  void prepare(Optional<Stack> stack) {
    Set<String> declared =
        with().template() == null ? parameters(stack.orElseThrow()).keySet() : declared(summary());
    Map<String, @Nullable String> wanted = new HashMap<>();
    stack.ifPresent(present ->
        parameters(present).keySet().stream()
            .filter(declared::contains)
            .forEach(name -> wanted.put(name, null)));
    wanted.putAll(with().parameters());
    CreateChangeSetRequest.Builder request =
        request(stacks.changeSet(), wanted).capabilitiesWithStrings(capabilities());
    if (stack.isEmpty()) {
      request.changeSetType(ChangeSetType.CREATE).tags(tags());
    }
    String template = with().template() == null ? null : with().template().value();
    create(template == null ? request.usePreviousTemplate(true) : request.templateURL(template));
  }

  /** Prepares what was before. */
  void prepareBack(Map<String, String> before) {
    Map<String, @Nullable String> former = new HashMap<>();
    before.forEach((name, value) -> {
      if (name.startsWith(PARAMETER)) {
        former.put(name.substring(PARAMETER.length()), value.equals(HIDDEN) ? null : value);
      }
    });
    List<String> capabilities = new ArrayList<>(capabilities());
    capabilities.addAll(List.of(before.getOrDefault(CAPABILITIES, "").split(",")));
    capabilities.removeIf(String::isEmpty);
    CreateChangeSetRequest.Builder request =
        request(stacks.backChangeSet(), former)
            .capabilitiesWithStrings(new TreeSet<>(capabilities));
    String template = before.get(TEMPLATE);
    create(template == null ? request.usePreviousTemplate(true) : request.templateBody(template));
  }

  /**
   * @param values without a value where the present one is to stay
   */
  private CreateChangeSetRequest.Builder request(
      String name, Map<String, @Nullable String> values) {
    return CreateChangeSetRequest.builder()
        .stackName(stacks.name())
        .changeSetName(name)
        .clientToken(name)
        .changeSetType(ChangeSetType.UPDATE)
        .roleARN(with().stackRole().value())
        .parameters(
            new TreeMap<>(values)
                .entrySet().stream()
                    .map(each -> parameter(each.getKey(), each.getValue()))
                    .toList());
  }

  private static Parameter parameter(String name, @Nullable String value) {
    Parameter.Builder parameter = Parameter.builder().parameterKey(name);
    return value == null
        ? parameter.usePreviousValue(true).build()
        : parameter.parameterValue(value).build();
  }

  private List<Tag> tags() {
    return stacks.work().ownership().tags().entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  private void create(CreateChangeSetRequest.Builder request) {
    try {
      stacks.cfn().createChangeSet(request.build());
    } catch (AlreadyExistsException whatItHoldsTheNextLookShows) {
      return;
    }
  }
}
