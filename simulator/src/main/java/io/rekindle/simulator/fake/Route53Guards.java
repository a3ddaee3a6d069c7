package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** Refuses batches of record changes that Route 53 refuses and the emulator lets pass. */
final class Route53Guards implements Fake {
  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.is("route53", "ChangeResourceRecordSets")) {
      return next.answer(request);
    }
    List<Element> existing = existing(request, next);
    List<Element> changes = Xml.all(Xml.parse(request.text()), "Change");
    return Stream.concat(
            changes.stream().flatMap(change -> refusal(change, existing).stream()),
            conflict(changes, existing).stream())
        .findFirst()
        .map(why -> new Refusal(400, "InvalidChangeBatch", "[" + why + "]").to(request))
        .orElseGet(() -> next.answer(request));
  }

  private static List<Element> existing(Request request, Cloud cloud) {
    String place = request.path().replaceFirst("/$", "");
    Reply reply = cloud.answer(request.asGet("ListResourceRecordSets", place));
    return reply.succeeded() ? Xml.all(Xml.parse(reply.text()), "ResourceRecordSet") : List.of();
  }

  private static Optional<String> refusal(Element change, List<Element> existing) {
    Element set = Xml.child(change, "ResourceRecordSet").orElseThrow();
    String action = Xml.text(change, "Action");
    boolean there = like(set, existing).anyMatch(each -> identifier(each).equals(identifier(set)));
    boolean mixed =
        like(set, existing)
            .anyMatch(each -> identifier(each).isEmpty() != identifier(set).isEmpty());
    return switch (action) {
      case "CREATE" -> there ? said(set, "but it already exists") : other(set, mixed);
      case "DELETE" -> there ? Optional.empty() : deleted(set);
      default -> other(set, mixed);
    };
  }

  /** A CNAME stands alone at its name, once all changes of a batch are made. */
  private static Optional<String> conflict(List<Element> changes, List<Element> existing) {
    List<Element> after =
        new ArrayList<>(
            existing.stream()
                .filter(set -> changes.stream().noneMatch(change -> isSame(set(change), set)))
                .toList());
    List<Element> put =
        changes.stream()
            .filter(change -> !Xml.text(change, "Action").equals("DELETE"))
            .map(Route53Guards::set)
            .toList();
    after.addAll(put);
    return put.stream()
        .flatMap(set ->
            after.stream()
                .filter(other -> collides(set, other))
                .map(other -> collision(set, other)))
        .findFirst();
  }

  private static Element set(Element change) {
    return Xml.child(change, "ResourceRecordSet").orElseThrow();
  }

  private static boolean isSame(Element one, Element other) {
    return name(one).equals(name(other))
        && type(one).equals(type(other))
        && identifier(one).equals(identifier(other));
  }

  private static boolean collides(Element one, Element other) {
    return name(one).equals(name(other))
        && !type(one).equals(type(other))
        && (type(one).equals("CNAME") || type(other).equals("CNAME"));
  }

  private static String collision(Element set, Element other) {
    return ("RRSet of type %s with DNS name %s is not permitted because a conflicting RRSet of type"
            + " %s with the same DNS name already exists")
        .formatted(type(set), name(set), type(other));
  }

  private static String type(Element set) {
    return Xml.text(set, "Type");
  }

  private static Stream<Element> like(Element set, List<Element> existing) {
    return existing.stream()
        .filter(each -> name(each).equals(name(set)))
        .filter(each -> Xml.text(each, "Type").equals(Xml.text(set, "Type")));
  }

  private static Optional<String> other(Element set, boolean mixed) {
    return mixed
        ? said(set, "but simple records cannot stand beside records with a set identifier")
        : Optional.empty();
  }

  private static Optional<String> deleted(Element set) {
    return Optional.of(
        "Tried to delete resource record set [name='%s', type='%s'] but it was not found"
            .formatted(name(set), Xml.text(set, "Type")));
  }

  private static Optional<String> said(Element set, String why) {
    return Optional.of(
        "Tried to create resource record set [name='%s', type='%s'] %s"
            .formatted(name(set), Xml.text(set, "Type"), why));
  }

  private static String identifier(Element set) {
    return Xml.text(set, "SetIdentifier");
  }

  private static String name(Element set) {
    String name = Xml.text(set, "Name");
    return name.endsWith(".") ? name : name + ".";
  }
}
