package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
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
    return Xml.all(Xml.parse(request.text()), "Change").stream()
        .flatMap(change -> refusal(change, existing).stream())
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
