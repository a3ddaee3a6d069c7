package io.rekindle.simulator.fake;

import io.rekindle.plan.step.traffic.Alb;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The targets of a group are the tasks of its service, and healthy when they run; without a service
 * they are what was registered. Nobody checks them until a listener forwards to their group.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html">
 *     Health checks for target groups</a>
 */
public final class TargetHealth implements Fake {
  private static final Set<String> REROUTE =
      Set.of(
          "CreateListener",
          "ModifyListener",
          "DeleteListener",
          "CreateRule",
          "ModifyRule",
          "DeleteRule");

  private final Map<String, Instant> checkedFrom = new ConcurrentHashMap<>();
  private final Map<String, Pods> pods = new ConcurrentHashMap<>();
  private final EcsServices services;
  private final Tempo tempo;

  TargetHealth(EcsServices services, Tempo tempo) {
    this.services = services;
    this.tempo = tempo;
  }

  /** The pods behind a target group, as a controller in a cluster registers them. */
  private record Pods(IntSupplier ready, IntSupplier wanted) {
    EcsServices.Tasks asTasks() {
      return new EcsServices.Tasks(ready.getAsInt(), wanted.getAsInt());
    }
  }

  /** From now on the targets of a group are pods of a cluster. */
  public void lead(String targetGroup, IntSupplier ready, IntSupplier wanted) {
    pods.put(targetGroup, new Pods(ready, wanted));
  }

  private Optional<EcsServices.Tasks> behind(String targetGroup) {
    return Optional.ofNullable(pods.get(targetGroup))
        .map(Pods::asTasks)
        .or(() -> services.behind(targetGroup));
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (!request.service().equals(AlbForwarding.SERVICE) || !reply.succeeded()) {
      return reply;
    }
    if (REROUTE.contains(request.operation())) {
      reroute(request, next);
    }
    return request.operation().equals("DescribeTargetHealth")
        ? reply.with(described(request, next, reply))
        : reply;
  }

  private void reroute(Request request, Cloud next) {
    Set<String> used = AlbForwarding.seenBy(request, next).balancersByGroup().keySet();
    Instant healthy = tempo.end(request.operation(), Alb.EnableIngress.class, "forward");
    used.forEach(group -> checkedFrom.putIfAbsent(group, healthy));
    String realm = ":" + request.region() + ":" + request.caller().account() + ":";
    checkedFrom.keySet().removeIf(group -> group.contains(realm) && !used.contains(group));
  }

  private String described(Request request, Cloud next, Reply reply) {
    String group = request.need("TargetGroupArn");
    boolean used = AlbForwarding.seenBy(request, next).balancersByGroup().containsKey(group);
    boolean checked = !tempo.now().isBefore(checkedFrom.getOrDefault(group, Instant.EPOCH));
    String told = tempo.end("DescribeTargetHealth");
    String same = !used ? "unused" : !told.isEmpty() ? told : checked ? "" : "initial";
    return behind(group).map(tasks -> tasks(tasks, same)).orElseGet(() -> registered(reply, same));
  }

  private static String tasks(EcsServices.Tasks tasks, String same) {
    String targets =
        IntStream.range(0, Math.max(tasks.running(), tasks.desired()))
            .mapToObj(number -> target(number, same.isEmpty() ? state(number, tasks) : same))
            .collect(Collectors.joining());
    return "<DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions>"
        + targets
        + "</TargetHealthDescriptions></DescribeTargetHealthResult>"
        + "</DescribeTargetHealthResponse>";
  }

  private static String state(int number, EcsServices.Tasks tasks) {
    if (number >= tasks.running()) {
      return "initial";
    }
    return number < tasks.desired() ? "healthy" : "draining";
  }

  private static String target(int number, String state) {
    return """
    <member><Target><Id>10.0.0.%d</Id><Port>80</Port></Target>\
    <TargetHealth><State>%s</State>%s</TargetHealth></member>\
    """
        .formatted(number + 10, state, reason(state));
  }

  private static String reason(String state) {
    String code = code(state);
    return code.isEmpty() ? "" : "<Reason>" + code + "</Reason>";
  }

  private static String code(String state) {
    return switch (state) {
      case "unused" -> "Target.NotInUse";
      case "initial" -> "Elb.InitialHealthChecking";
      case "unhealthy" -> "Target.FailedHealthChecks";
      case "draining" -> "Target.DeregistrationInProgress";
      default -> "";
    };
  }

  private static String registered(Reply reply, String same) {
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "TargetHealth").stream()
        .filter(health -> !same.isEmpty() && isRegistered(health))
        .forEach(health -> show(health, same));
    return Xml.print(answer);
  }

  private static boolean isRegistered(Element health) {
    return Xml.text(health, "State").equals("healthy");
  }

  private static void show(Element health, String state) {
    Xml.set(health, "State", state);
    if (!code(state).isEmpty()) {
      Xml.set(health, "Reason", code(state));
    }
  }

  @Override
  public void forget() {
    checkedFrom.clear();
    pods.clear();
  }
}
