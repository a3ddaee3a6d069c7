package io.rekindle.simulator.fake;

import io.rekindle.plan.step.compute.Cfn;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Stacks are created, updated and deleted in their own time. */
final class CfnStacks implements Fake {
  private static final String VERSION = "2010-05-15";
  private static final String STATUS = "StackStatus";
  private final Transitions transitions = new Transitions();
  private final Map<Thing, Deleted> deleted = new ConcurrentHashMap<>();
  private final Map<Thing, String> changeSets = new ConcurrentHashMap<>();
  private final Map<Thing, String> tokens = new ConcurrentHashMap<>();
  private final Tempo tempo;

  CfnStacks(Tempo tempo) {
    this.tempo = tempo;
  }

  private record Deleted(Element stack, Instant until) {}

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("cloudformation")) {
      return next.answer(request);
    }
    return switch (request.operation()) {
      case "CreateStack" -> beginning("CREATE_IN_PROGRESS", request, next);
      case "UpdateStack" -> beginning("UPDATE_IN_PROGRESS", request, next);
      case "ExecuteChangeSet" -> {
        boolean exists = !status(request, next).equals("REVIEW_IN_PROGRESS");
        yield beginning(exists ? "UPDATE_IN_PROGRESS" : "CREATE_IN_PROGRESS", request, next);
      }
      case "CreateChangeSet" -> announcing(request, next);
      case "DeleteStack" -> deleting(request, next);
      case "DescribeStacks" -> described(request, next);
      case "DescribeStackEvents" -> told(request, next);
      default -> next.answer(request);
    };
  }

  /** A stack in review shows the change set that announced it, though nobody has executed it. */
  private Reply announcing(Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (reply.succeeded() && request.need("ChangeSetType").equals("CREATE")) {
      Element result = Xml.all(Xml.parse(reply.text()), "CreateChangeSetResult").getFirst();
      changeSets.put(thing(request), Xml.text(result, "Id"));
    }
    return reply;
  }

  private Reply beginning(String word, Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (reply.succeeded()) {
      String operation = request.operation();
      Instant until = tempo.end(operation, Cfn.Deploy.class, "execute");
      transitions.begin(thing(request), word, until, tempo.end(operation));
      tokens.put(thing(request), request.need("ClientRequestToken"));
      if (operation.equals("ExecuteChangeSet")) {
        changeSets.put(thing(request), request.need("ChangeSetName"));
      } else {
        changeSets.remove(thing(request));
      }
    }
    return reply;
  }

  /** A stack that did not become what it should says which resource failed. */
  private Reply told(Request request, Cloud next) {
    Reply reply = next.answer(request);
    String word = transitions.word(thing(request), tempo.now()).orElse("");
    if (!reply.succeeded() || !(word.contains("ROLLBACK") || word.endsWith("_FAILED"))) {
      return reply;
    }
    Document answer = Xml.parse(reply.text());
    Element events = Xml.all(answer, "StackEvents").getFirst();
    Element event = answer.createElement("member");
    events.insertBefore(event, events.getFirstChild());
    Xml.set(event, "EventId", "simulated");
    Xml.set(event, "StackId", Xml.text(Xml.all(answer, "member").getLast(), "StackId"));
    Xml.set(event, "StackName", nameOf(request));
    Xml.set(event, "LogicalResourceId", "Database");
    Xml.set(event, "ResourceStatus", word.startsWith("UPDATE") ? "UPDATE_FAILED" : "CREATE_FAILED");
    Xml.set(event, "ResourceStatusReason", "DB instance is not in available state");
    Xml.set(event, "ClientRequestToken", tokens.getOrDefault(thing(request), ""));
    Xml.set(event, "Timestamp", tempo.now().toString());
    return reply.with(Xml.print(answer));
  }

  private Reply deleting(Request request, Cloud next) {
    Optional<Element> stack = stack(request, next);
    Reply reply = next.answer(request);
    if (reply.succeeded()) {
      Instant until = tempo.end(request.operation(), Cfn.DeleteStack.class, "delete");
      transitions.drop(thing(request));
      changeSets.remove(thing(request));
      stack.ifPresent(it -> {
        Xml.set(it, STATUS, "DELETE_IN_PROGRESS");
        deleted.put(thing(request), new Deleted(it, until));
      });
    }
    return reply;
  }

  private Reply described(Request request, Cloud next) {
    Deleted going = deleted.get(thing(request));
    if (going != null && tempo.now().isBefore(going.until())) {
      return Reply.xml(
          "<DescribeStacksResponse><DescribeStacksResult><Stacks>"
              + Xml.print(going.stack()).replaceFirst("<\\?xml.*?\\?>", "")
              + "</Stacks></DescribeStacksResult></DescribeStacksResponse>");
    }
    Reply reply = next.answer(request);
    if (!reply.succeeded()) {
      return reply;
    }
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "member").stream()
        .filter(member -> Xml.child(member, STATUS).isPresent())
        .forEach(member -> {
          Thing thing = thing(request, Xml.text(member, "StackName"));
          transitions.word(thing, tempo.now()).ifPresent(word -> Xml.set(member, STATUS, word));
          Optional.ofNullable(changeSets.get(thing))
              .ifPresent(id -> Xml.set(member, "ChangeSetId", id));
        });
    return reply.with(Xml.print(answer));
  }

  private static Optional<Element> stack(Request request, Cloud cloud) {
    Reply reply =
        Client.as(request, cloud)
            .form(
                "cloudformation",
                VERSION,
                "DescribeStacks",
                Map.of("StackName", request.need("StackName")));
    return reply.succeeded()
        ? Xml.all(Xml.parse(reply.text()), "member").stream()
            .filter(member -> Xml.child(member, STATUS).isPresent())
            .findFirst()
        : Optional.empty();
  }

  /** What the emulator says of the stack; empty when there is none. */
  static String status(Request request, Cloud cloud) {
    return stack(request, cloud).map(it -> Xml.text(it, STATUS)).orElse("");
  }

  private static Thing thing(Request request) {
    return thing(request, nameOf(request));
  }

  private static Thing thing(Request request, String name) {
    return new Thing(request.caller().account(), request.region(), "stack", name);
  }

  /** The name of the stack that is asked about, also when its ARN was given. */
  static String nameOf(Request request) {
    String given = request.need("StackName");
    return given.startsWith("arn:") ? given.split("/", 3)[1] : given;
  }

  @Override
  public void forget() {
    transitions.forget();
    deleted.clear();
    changeSets.clear();
    tokens.clear();
  }
}
