package io.rekindle.action.aws.config;

import io.rekindle.action.aws.Visit;
import io.rekindle.action.aws.inventory.Cost;
import io.rekindle.action.aws.inventory.Shelf;
import io.rekindle.action.aws.inventory.Sort;
import io.rekindle.action.aws.inventory.Thing;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.compute.Config;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.SsmClient;

/** All parameters of Systems Manager. */
@Singleton
final class ParameterShelf implements Shelf {
  @Override
  public Set<Class<? extends Action>> services() {
    return Set.of(Config.class);
  }

  @Override
  public List<Sort> sorts() {
    return List.of(Sort.of("parameter", "ssm:parameter", ParameterShelf::all));
  }

  private static Stream<Thing> all(Visit visit) {
    return visit.client(SsmClient.class, SsmClient::builder).describeParametersPaginator().stream()
        .flatMap(page -> page.parameters().stream())
        .map(parameter -> Thing.of(parameter.name(), parameter.arn(), Map.of(), Cost.NOTHING));
  }
}
