package io.rekindle.action.aws.ecs;

import io.rekindle.action.aws.Visit;
import io.rekindle.action.aws.inventory.Cost;
import io.rekindle.action.aws.inventory.Shelf;
import io.rekindle.action.aws.inventory.Sort;
import io.rekindle.action.aws.inventory.Thing;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.compute.Ecs;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Tag;

/**
 * The clusters and services of ECS. Their tasks come and go with every deployment and schedule, and
 * so do the revisions of task definitions, which cost nothing.
 */
@Singleton
final class EcsShelf implements Shelf {
  /** What AWS describes at once. */
  private static final int AT_ONCE = 10;

  @Override
  public Set<Class<? extends Action>> services() {
    return Set.of(Ecs.class);
  }

  @Override
  public List<Sort> sorts() {
    return List.of(
        Sort.of("ECS cluster", "ecs:cluster", EcsShelf::clusters),
        Sort.of("ECS service", "ecs:service", visit -> services(visit).map(EcsShelf::thing)),
        Sort.inPlace("tasks of the ECS service", "ecs:service", EcsShelf::atWork));
  }

  private static EcsClient ecs(Visit visit) {
    return visit.client(EcsClient.class, EcsClient::builder);
  }

  private static Stream<Thing> clusters(Visit visit) {
    return ecs(visit).listClustersPaginator().clusterArns().stream()
        .map(arn -> Thing.of(nameIn(arn), arn, Map.of(), Cost.NOTHING));
  }

  /** Whether a service shall run tasks at all: how many, Application Auto Scaling decides too. */
  private static Stream<Thing> atWork(Visit visit) {
    return services(visit)
        .filter(service -> service.desiredCount() > 0)
        .map(service -> {
          Thing it = thing(service);
          return Thing.of(it.name(), it.arn() + "#tasks", it.tags(), it.cost());
        });
  }

  private static Stream<Service> services(Visit visit) {
    return ecs(visit).listClustersPaginator().clusterArns().stream()
        .flatMap(cluster -> services(ecs(visit), cluster));
  }

  private static Stream<Service> services(EcsClient ecs, String cluster) {
    List<String> arns =
        ecs.listServicesPaginator(request -> request.cluster(cluster)).serviceArns().stream()
            .toList();
    List<Service> all = new ArrayList<>();
    for (int from = 0; from < arns.size(); from += AT_ONCE) {
      List<String> some = arns.subList(from, Math.min(arns.size(), from + AT_ONCE));
      all.addAll(
          ecs.describeServices(
                  request -> request.cluster(cluster).services(some).include(ServiceField.TAGS))
              .services());
    }
    return all.stream();
  }

  private static Thing thing(Service service) {
    Map<String, String> tags =
        service.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
    Cost cost = service.desiredCount() == 0 ? Cost.NOTHING : Cost.UNKNOWN;
    return Thing.of(
        nameIn(service.clusterArn()) + "/" + service.serviceName(),
        service.serviceArn(),
        tags,
        cost);
  }

  private static String nameIn(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
