package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What the emulator takes of a listener and AWS does not, and what AWS shows of it: a forward by
 * the ARN of its group and by a configuration, and no secret.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html">
 *     ModifyListener</a>
 */
final class AlbListeners implements Fake {
  private static final String GROUP = "TargetGroupArn";

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals(AlbForwarding.SERVICE)) {
      return next.answer(request);
    }
    AlbForwarding forwarding = AlbForwarding.seenBy(request, next);
    Optional<Refusal> refusal = refusal(request, forwarding);
    if (refusal.isPresent()) {
      return refusal.get().to(request);
    }
    Reply reply = next.answer(request);
    return reply.succeeded() ? shown(request, reply, forwarding) : reply;
  }

  private static Optional<Refusal> refusal(Request request, AlbForwarding forwarding) {
    return switch (request.operation()) {
      case "CreateListener" ->
          certificate(request, request.need("Protocol"))
              .or(() -> secret(request))
              .or(() -> groups(request, forwarding, Stream.of(request.need("LoadBalancerArn"))));
      case "ModifyListener" ->
          modified(request, forwarding)
              .or(() -> secret(request))
              .or(() ->
                  groups(request, forwarding, forwarding.balancerOf(request.need("ListenerArn"))));
      default -> Optional.empty();
    };
  }

  private static Optional<Refusal> modified(Request request, AlbForwarding forwarding) {
    boolean serves = request.field("Certificates.member.1.CertificateArn").isPresent();
    return serves && forwarding.balancerOf(request.need("ListenerArn")).findAny().isPresent()
        ? forwarding
            .listener(request.need("ListenerArn"))
            .findFirst()
            .flatMap(each -> certificate(request, Xml.text(each, "Protocol")))
        : Optional.empty();
  }

  private static Optional<Refusal> certificate(Request request, String protocol) {
    boolean given = request.field("Certificates.member.1.CertificateArn").isPresent();
    boolean needed = protocol.equals("HTTPS");
    if (given == needed || !Set.of("HTTP", "HTTPS").contains(protocol)) {
      return Optional.empty();
    }
    return invalid(
        needed
            ? "A certificate must be specified for HTTPS listeners"
            : "A certificate cannot be specified for HTTP listeners");
  }

  /** AWS keeps a secret that it knows only where it is told to. */
  private static Optional<Refusal> secret(Request request) {
    Map<String, String> form = request.form();
    return form.keySet().stream()
        .filter(field -> field.endsWith(".AuthenticateOidcConfig.ClientId"))
        .map(field -> field.substring(0, field.length() - "ClientId".length()))
        .filter(oidc ->
            !form.containsKey(oidc + "ClientSecret")
                && !"true".equals(form.get(oidc + "UseExistingClientSecret")))
        .findFirst()
        .flatMap(oidc -> invalid("A client secret must be specified"));
  }

  private static Optional<Refusal> invalid(String message) {
    return Optional.of(new Refusal(400, "ValidationError", message));
  }

  private static Optional<Refusal> groups(
      Request request, AlbForwarding forwarding, Stream<String> balancer) {
    List<String> groups =
        request.form().entrySet().stream()
            .filter(field -> field.getKey().endsWith("." + GROUP))
            .map(Map.Entry::getValue)
            .distinct()
            .toList();
    Optional<Refusal> missing =
        groups.stream()
            .filter(group -> !forwarding.hasGroup(group))
            .findFirst()
            .map(group ->
                new Refusal(400, "TargetGroupNotFound", "Target group '" + group + "' not found"));
    return missing.or(() -> balancer.findFirst().flatMap(own -> taken(groups, forwarding, own)));
  }

  private static Optional<Refusal> taken(
      List<String> groups, AlbForwarding forwarding, String balancer) {
    Map<String, Set<String>> used = groups.isEmpty() ? Map.of() : forwarding.balancersByGroup();
    return groups.stream()
        .filter(group -> used.containsKey(group) && !used.get(group).contains(balancer))
        .findFirst()
        .map(group ->
            new Refusal(
                400,
                "TargetGroupAssociationLimit",
                "The following target groups cannot be associated with more than one load"
                    + " balancer: "
                    + group));
  }

  private static Reply shown(Request request, Reply reply, AlbForwarding forwarding) {
    return switch (request.operation()) {
      case "CreateListener",
          "ModifyListener",
          "DescribeListeners",
          "DescribeRules",
          "CreateRule" -> {
        Document answer = Xml.parse(reply.text());
        Xml.all(answer, "AuthenticateOidcConfig").forEach(AlbListeners::hideSecret);
        Xml.all(answer, "member").stream()
            .filter(each -> Xml.text(each, "Type").equals("forward"))
            .forEach(AlbListeners::showForward);
        yield reply.with(Xml.print(answer));
      }
      case "DescribeTargetGroups" -> {
        Document answer = Xml.parse(reply.text());
        Map<String, Set<String>> used = forwarding.balancersByGroup();
        Xml.all(answer, "member").stream()
            .filter(each -> Xml.child(each, "TargetGroupName").isPresent())
            .forEach(
                each -> showBalancers(each, used.getOrDefault(Xml.text(each, GROUP), Set.of())));
        yield reply.with(Xml.print(answer));
      }
      default -> reply;
    };
  }

  private static void hideSecret(Element oidc) {
    Xml.remove(oidc, "ClientSecret");
    Xml.remove(oidc, "UseExistingClientSecret");
  }

  private static void showForward(Element action) {
    String only = Xml.text(action, GROUP);
    if (!only.isEmpty() && Xml.child(action, "ForwardConfig").isEmpty()) {
      Element config = Xml.added(action, "ForwardConfig");
      Element tuple = Xml.added(Xml.added(config, "TargetGroups"), "member");
      Xml.set(tuple, GROUP, only);
      Xml.set(tuple, "Weight", "1");
      Xml.set(Xml.added(config, "TargetGroupStickinessConfig"), "Enabled", "false");
    }
  }

  private static void showBalancers(Element group, Set<String> balancers) {
    Xml.remove(group, "LoadBalancerArns");
    Element arns = Xml.added(group, "LoadBalancerArns");
    balancers.forEach(each -> Xml.added(arns, "member").setTextContent(each));
  }
}
