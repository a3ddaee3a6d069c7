package io.rekindle.plan;

import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Control;
import io.rekindle.plan.step.Declared;
import io.rekindle.plan.step.compute.Asg;
import io.rekindle.plan.step.compute.Cfn;
import io.rekindle.plan.step.compute.Codebuild;
import io.rekindle.plan.step.compute.Config;
import io.rekindle.plan.step.compute.Ecs;
import io.rekindle.plan.step.compute.Eks;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.plan.step.compute.Pipeline;
import io.rekindle.plan.step.data.Aurora;
import io.rekindle.plan.step.data.Backup;
import io.rekindle.plan.step.data.Elasticache;
import io.rekindle.plan.step.data.Kms;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.S3;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.plan.step.proof.Notify;
import io.rekindle.plan.step.proof.Probe;
import io.rekindle.plan.step.proof.Verify;
import io.rekindle.plan.step.traffic.Alb;
import io.rekindle.plan.step.traffic.Apigw;
import io.rekindle.plan.step.traffic.Arc;
import io.rekindle.plan.step.traffic.Iot;
import io.rekindle.plan.step.traffic.Route53;
import io.rekindle.plan.step.traffic.Traffic;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The catalogue: every record below the sealed interfaces of the services. The compiler keeps the
 * list of each.
 */
public final class Kinds {
  private static final List<Class<? extends Action>> SERVICES =
      List.of(
          Alb.class,
          Apigw.class,
          Arc.class,
          Asg.class,
          Aurora.class,
          Backup.class,
          Cfn.class,
          Codebuild.class,
          Config.class,
          Ecs.class,
          Eks.class,
          Elasticache.class,
          Iot.class,
          Kms.class,
          Kubernetes.class,
          Lambda.class,
          Notify.class,
          Pipeline.class,
          Probe.class,
          Rds.class,
          Route53.class,
          S3.class,
          Secrets.class,
          Traffic.class,
          Verify.class);
  private static final Map<String, Kind> BY_NAME = byName();
  private static final List<Kind> ALL =
      BY_NAME.values().stream().sorted(Comparator.comparing(Kind::name)).toList();

  private Kinds() {}

  private static Map<String, Kind> byName() {
    Map<String, Kind> kinds = new TreeMap<>();
    Stream.concat(Stream.of(Control.class), SERVICES.stream())
        .flatMap(Kinds::declarations)
        .map(Kind::of)
        .forEach(kind -> {
          Kind twin = kinds.put(kind.name(), kind);
          if (twin != null) {
            throw new IllegalStateException(
                kind.name() + " is declared by " + kind.type() + " and " + twin.type());
          }
        });
    return Map.copyOf(kinds);
  }

  private static Stream<Class<? extends Declared>> declarations(Class<? extends Declared> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .flatMap(each -> declarations(each.asSubclass(Declared.class)))
        : Stream.of(type);
  }

  /** The sealed interface of each service. */
  public static List<Class<? extends Action>> services() {
    return SERVICES;
  }

  public static Optional<Kind> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  public static Kind of(Class<? extends Declared> type) {
    return all().stream().filter(kind -> kind.type() == type).findFirst().orElseThrow();
  }

  /** All kinds, by name. */
  public static List<Kind> all() {
    return ALL;
  }

  public static Collection<String> names() {
    return all().stream().map(Kind::name).toList();
  }
}
