package io.rekindle.action.aws.cfn;

import io.rekindle.action.aws.Visit;
import io.rekindle.action.aws.inventory.Cost;
import io.rekindle.action.aws.inventory.Shelf;
import io.rekindle.action.aws.inventory.Sort;
import io.rekindle.action.aws.inventory.Thing;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.compute.Cfn;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** All stacks that are not deleted. */
@Singleton
final class StackShelf implements Shelf {
  @Override
  public Set<Class<? extends Action>> services() {
    return Set.of(Cfn.class);
  }

  @Override
  public List<Sort> sorts() {
    return List.of(Sort.of("stack", "cloudformation:stack", StackShelf::all));
  }

  private static Stream<Thing> all(Visit visit) {
    return visit
        .client(CloudFormationClient.class, CloudFormationClient::builder)
        .describeStacksPaginator()
        .stacks()
        .stream()
        .map(StackShelf::thing);
  }

  private static Thing thing(Stack stack) {
    Map<String, String> tags =
        stack.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
    return Thing.of(stack.stackName(), stack.stackId(), tags, Cost.UNKNOWN)
        .in(stack.stackStatusAsString());
  }
}
