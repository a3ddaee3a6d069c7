package io.rekindle.action.aws.cfn;

import io.rekindle.plan.step.compute.Cfn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** The making of change sets: the step's own, and the one that undoes it. */
record Preparation(Stacks stacks) {
  /** What CloudFormation shows in place of a secret parameter. */
  private static final String HIDDEN = "****";

  private Cfn.Deploy with() {
    return stacks.work().with();
  }

  /** What the stack is before the step. */
  FormerStack former(Stack stack) {
    return FormerStack.of(stack, FormerTemplate.of(stacks));
  }

  /** Prepares what the step wants. */
  void prepare(Optional<Stack> stack) {
    Template template = new Template(stacks);
    Set<String> declared = template.parameters(stack);
    Map<String, @Nullable String> wanted = new HashMap<>();
    stack.ifPresent(present ->
        Stacks.parameters(present).keySet().stream()
            .filter(declared::contains)
            .forEach(name -> wanted.put(name, null)));
    wanted.putAll(with().parameters());
    CreateChangeSetRequest.Builder request =
        request(stacks.changeSet(), wanted).capabilitiesWithStrings(template.capabilities());
    if (stack.isEmpty()) {
      request.changeSetType(ChangeSetType.CREATE).tags(tags());
    }
    String url = with().template() == null ? null : with().template().value();
    create(url == null ? request.usePreviousTemplate(true) : request.templateURL(url));
  }

  /** Prepares what was before. */
  void prepareBack(FormerStack former) {
    Map<String, @Nullable String> parameters = new HashMap<>();
    former
        .parameters()
        .forEach((name, value) -> parameters.put(name, value.equals(HIDDEN) ? null : value));
    Set<String> capabilities = new TreeSet<>(new Template(stacks).capabilities());
    capabilities.addAll(former.before().capabilities());
    CreateChangeSetRequest.Builder request =
        request(stacks.backChangeSet(), parameters).capabilitiesWithStrings(capabilities);
    FormerTemplate template = former.before().template();
    if (template.template() != null) {
      create(request.templateBody(template.template()));
    } else if (template.keptAt() != null) {
      create(request.templateURL(template.keptAt()));
    } else {
      create(request.usePreviousTemplate(true));
    }
  }

  /**
   * The role stays with the stack: CloudFormation uses it for all future operations, and none can
   * take it away again, so undo leaves it.
   *
   * @param values without a value where the present one is to stay
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html">
   *     CreateChangeSet, RoleARN</a>
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
