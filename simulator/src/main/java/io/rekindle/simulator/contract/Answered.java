package io.rekindle.simulator.contract;

import io.rekindle.simulator.contract.ServiceModel.Operation;
import io.rekindle.simulator.contract.ServiceModel.Refused;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Protocol;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Xml;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Where an answer differs from what its operation gives. */
final class Answered {
  /** They name what they refuse with elsewhere than in their models. */
  private static final Set<Protocol> DECLARE_NO_ERRORS = Set.of(Protocol.EC2, Protocol.S3);

  private final Comparison comparison = new Comparison("answered");
  private final Protocol protocol;
  private final Operation operation;

  private Answered(Protocol protocol, Operation operation) {
    this.protocol = protocol;
    this.operation = operation;
  }

  static List<String> differences(Protocol protocol, Reply reply, Operation operation) {
    Answered answered = new Answered(protocol, operation);
    if (reply.succeeded()) {
      operation.output().ifPresent(output -> answered.content(reply, output));
    } else {
      code(protocol, reply).ifPresent(code -> answered.refusal(code, reply.status()));
    }
    return answered.comparison.differences();
  }

  private void content(Reply reply, Shape output) {
    Shape whole = output.payload().orElse(output);
    if (!whole.type().equals("structure") || reply.body().length == 0) {
      return;
    }
    switch (protocol) {
      case JSON, REST_JSON ->
          comparison.structure(new JsonPart(Json.parse(reply.text())), whole, "");
      case QUERY -> wrapped(Xml.parse(reply.text()).getDocumentElement(), whole);
      case EC2 -> comparison.structure(root(reply, "requestId"), whole, "");
      case REST_XML, S3 -> comparison.structure(root(reply, ""), whole, "");
      case CBOR -> throw new IllegalArgumentException("Nobody reads CBOR yet.");
    }
  }

  private static XmlPart root(Reply reply, String notContent) {
    Element root = Xml.parse(reply.text()).getDocumentElement();
    Xml.remove(root, notContent);
    return XmlPart.of(root);
  }

  private void wrapped(Element root, Shape whole) {
    Xml.remove(root, "ResponseMetadata");
    Optional<String> wrapper = operation.resultWrapper();
    Optional<Element> result = wrapper.flatMap(name -> Xml.child(root, name));
    result.ifPresent(found -> {
      root.removeChild(found);
      comparison.structure(XmlPart.of(found), whole, "");
    });
    if (wrapper.isPresent() && result.isEmpty()) {
      comparison.lacking(wrapper.get());
    }
    comparison.nothingIn(XmlPart.of(root));
  }

  private static Optional<String> code(Protocol protocol, Reply reply) {
    if (reply.body().length == 0) {
      return Optional.empty();
    }
    return switch (protocol) {
      case JSON, REST_JSON, CBOR ->
          Optional.of(Json.parse(reply.text()).path("__type").asText())
              .map(type -> type.substring(type.lastIndexOf('#') + 1));
      case QUERY, EC2, REST_XML, S3 -> {
        Document said = Xml.parse(reply.text());
        yield Xml.all(said, "Code").stream().findFirst().map(Element::getTextContent);
      }
    };
  }

  private void refusal(String code, int status) {
    Optional<Refused> declared =
        operation.refusals().stream()
            .filter(each -> each.onTheWire(protocol).equals(code))
            .findFirst();
    if (declared.isEmpty()
        && !CommonErrors.ALL.contains(code)
        && !DECLARE_NO_ERRORS.contains(protocol)) {
      comparison.undeclared(code);
    }
    declared
        .filter(each -> each.status() != 0 && each.status() != status)
        .ifPresent(each -> comparison.otherStatus(code, status, each.status()));
  }
}
