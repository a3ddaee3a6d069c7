package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renamed clusters. The emulator would forget their instances, so that in it each cluster keeps the
 * name under which it was made.
 */
final class RdsClusterNames implements Fake {
  private static final String NAME = "DBClusterIdentifier";
  private static final String NEW = "NewDBClusterIdentifier";
  private static final String RESOURCE = "ResourceName";
  private static final Set<String> MAKING =
      Set.of("CreateDBCluster", "RestoreDBClusterFromSnapshot");

  /** Before the former name of a cluster, which nothing has. */
  private static final String GONE = "formerly-";

  /** A name where an answer has one: as such, in an ARN, or in an endpoint. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "(<DBClusterIdentifier>|:cluster:|<(?:Reader)?Endpoint>)([a-z0-9-]+)(?=<|\\.cluster-)");

  private static final Pattern IN_ARN = Pattern.compile("(:cluster:)([A-Za-z0-9-]+)$");

  /** By the name that it has now, the one that it has in the emulator. */
  private final Map<Thing, String> inside = new ConcurrentHashMap<>();

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    if (MAKING.contains(request.operation())) {
      makeRoom(request);
    }
    Request known = request.field(NAME).isPresent() ? named(request) : request;
    Reply reply = next.answer(tagged(known).without(NEW));
    if (reply.succeeded()) {
      follow(request);
      return reply.with(shown(request, reply.text()));
    }
    return reply;
  }

  private Request named(Request request) {
    return request.withField(NAME, inside(request, request.need(NAME)));
  }

  private Request tagged(Request request) {
    return request
        .field(RESOURCE)
        .map(arn -> request.withField(RESOURCE, replaced(arn, IN_ARN, it -> inside(request, it))))
        .orElse(request);
  }

  private String inside(Request request, String name) {
    String known = inside.get(thing(request, name));
    return known != null ? known : outside(request, name).map(other -> GONE + name).orElse(name);
  }

  /** The emulator may still know the name as that of a cluster that was renamed. */
  private void makeRoom(Request request) {
    Thing thing = thing(request, request.need(NAME));
    if (!inside.containsKey(thing) && outside(request, thing.id()).isPresent()) {
      inside.put(thing, thing.id() + "-again-" + inside.size());
    }
  }

  private void follow(Request request) {
    request
        .field(NEW)
        .ifPresent(other -> {
          String former = inside(request, request.need(NAME));
          inside.remove(thing(request, request.need(NAME)));
          inside.put(thing(request, other), former);
        });
    if (request.is("rds", "DeleteDBCluster")) {
      inside.remove(thing(request, request.need(NAME)));
    }
  }

  private String shown(Request request, String answer) {
    return replaced(answer, SHOWN, name -> outside(request, name).orElse(name));
  }

  private Optional<String> outside(Request request, String name) {
    return inside.entrySet().stream()
        .filter(each -> each.getKey().equals(thing(request, each.getKey().id())))
        .filter(each -> each.getValue().equals(name))
        .map(each -> each.getKey().id())
        .findFirst();
  }

  private static String replaced(String text, Pattern pattern, UnaryOperator<String> naming) {
    return pattern
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(found.group(1) + naming.apply(found.group(2))));
  }

  private static Thing thing(Request request, String name) {
    return Thing.of(request, "cluster", name);
  }

  @Override
  public void forget() {
    inside.clear();
  }
}
