package io.rekindle.simulator.fake;

import io.rekindle.plan.step.compute.Cfn;
import io.rekindle.plan.value.RegionName;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Change sets as AWS keeps them: made in their own time, one of a name, executed once, and failed
 * when they change nothing. What one changes is told here, for the emulator does not know.
 */
public final class CfnChangeSets implements Fake {
  private static final String UNCHANGED =
      "The submitted information didn't contain changes. Submit different information to create a"
          + " change set.";
  private final Map<String, ChangeSet> byId = new ConcurrentHashMap<>();
  private final Map<String, List<Change>> told = new ConcurrentHashMap<>();
  private final Set<String> transforms = ConcurrentHashMap.newKeySet();
  private final Tempo tempo;

  CfnChangeSets(Tempo tempo) {
    this.tempo = tempo;
  }

  /**
   * One change of a change set.
   *
   * @param action {@code Add}, {@code Modify} or {@code Remove}
   * @param replacement {@code True}, {@code False} or {@code Conditional}; empty where nothing is
   *     modified
   */
  public record Change(String action, String resource, String type, String replacement) {
    private String xml() {
      return """
      <member><Type>Resource</Type><ResourceChange><Action>%s</Action>\
      <LogicalResourceId>%s</LogicalResourceId><ResourceType>%s</ResourceType>\
      %s</ResourceChange></member>\
      """
          .formatted(
              action,
              resource,
              type,
              replacement.isEmpty() ? "" : "<Replacement>" + replacement + "</Replacement>");
    }
  }

  private record ChangeSet(
      String id,
      String name,
      String stack,
      String token,
      Content content,
      boolean isExecuted,
      Instant ready) {
    ChangeSet executed() {
      return new ChangeSet(id, name, stack, token, content, true, ready);
    }

    boolean isEmpty() {
      return content == Content.NOTHING;
    }
  }

  /** Whether there is something in a change set. */
  private enum Content {
    NOTHING,
    SOMETHING,
    /** With a template from elsewhere the emulator's word must do. */
    UNKNOWN;

    static Content of(Request request, boolean isEmpty) {
      boolean compared =
          request.field("TemplateURL").isEmpty()
              && request.field("Parameters.member.1.ParameterKey").isPresent();
      return isEmpty ? NOTHING : compared ? SOMETHING : UNKNOWN;
    }
  }

  /** From now on every change set of that stack changes this. */
  public void tell(String stack, List<Change> changes) {
    told.put(stack, List.copyOf(changes));
  }

  /** From now on every template declares this transform. */
  public void declare(String transform) {
    transforms.add(transform);
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("cloudformation")) {
      return next.answer(request);
    }
    return switch (request.operation()) {
      case "CreateChangeSet" -> create(request, next);
      case "DescribeChangeSet" -> describe(request, next);
      case "ExecuteChangeSet" -> execute(request, next);
      case "DeleteChangeSet" -> {
        ChangeSet found = find(request);
        Reply reply = found == null || found.isEmpty() ? deleted() : next.answer(request);
        if (found != null) {
          byId.remove(found.id());
        }
        yield reply;
      }
      case "GetTemplateSummary" -> summarized(next.answer(request));
      default -> next.answer(request);
    };
  }

  private Reply summarized(Reply reply) {
    if (!reply.succeeded() || transforms.isEmpty()) {
      return reply;
    }
    Document answer = Xml.parse(reply.text());
    Element result = Xml.all(answer, "GetTemplateSummaryResult").getFirst();
    Xml.remove(result, "DeclaredTransforms");
    String members =
        transforms.stream().map("<member>%s</member>"::formatted).collect(Collectors.joining());
    add(result, "<DeclaredTransforms>" + members + "</DeclaredTransforms>");
    return reply.with(Xml.print(answer));
  }

  private static void add(Element to, String xml) {
    Element told = Xml.parse(xml).getDocumentElement();
    to.appendChild(to.getOwnerDocument().importNode(told, true));
  }

  private Reply create(Request request, Cloud next) {
    ChangeSet same = find(request);
    String token = request.need("ClientToken");
    if (same != null) {
      return !token.isEmpty() && same.token().equals(token)
          ? Reply.xml(created(same.id(), ""))
          : new Refusal(
                  400, "AlreadyExistsException", "ChangeSet " + same.name() + " already exists")
              .to(request);
    }
    String type = request.field("ChangeSetType").orElse("UPDATE");
    Reply reply = next.answer(request.withField("ChangeSetType", type));
    boolean isEmpty = reply.text().contains("No updates are to be performed");
    if (!reply.succeeded() && !isEmpty) {
      return reply;
    }
    String id =
        isEmpty
            ? "%schangeSet/%s/%s"
                .formatted(scope(request), request.need("ChangeSetName"), UUID.randomUUID())
            : Xml.text(Xml.all(Xml.parse(reply.text()), "CreateChangeSetResult").getFirst(), "Id");
    Instant ready = tempo.end(request.operation(), Cfn.Deploy.class, "prepare");
    byId.put(
        id,
        new ChangeSet(
            id,
            request.need("ChangeSetName"),
            CfnStacks.nameOf(request),
            token,
            Content.of(request, isEmpty),
            false,
            ready));
    return isEmpty ? Reply.xml(created(id, request.need("StackName"))) : reply;
  }

  private static String created(String id, String stack) {
    return "<CreateChangeSetResponse><CreateChangeSetResult><Id>%s</Id><StackId>%s</StackId></CreateChangeSetResult></CreateChangeSetResponse>"
        .formatted(id, stack);
  }

  private static Reply deleted() {
    return Reply.xml("<DeleteChangeSetResponse><DeleteChangeSetResult/></DeleteChangeSetResponse>");
  }

  private Reply describe(Request request, Cloud next) {
    ChangeSet found = find(request);
    if (found == null) {
      return missing(request);
    }
    Reply reply = found.isEmpty() ? Reply.xml(unchanged(found)) : next.answer(request);
    if (!reply.succeeded()) {
      return reply;
    }
    Document answer = Xml.parse(reply.text());
    Element result = Xml.all(answer, "DescribeChangeSetResult").getFirst();
    if (found.content() == Content.SOMETHING && !found.isExecuted()) {
      // The emulator compares with what the stack was created with, not with what it is.
      Xml.set(result, "Status", "CREATE_COMPLETE");
      Xml.set(result, "ExecutionStatus", "AVAILABLE");
      Xml.remove(result, "StatusReason");
    }
    if (tempo.now().isBefore(found.ready())) {
      Xml.set(result, "Status", "CREATE_IN_PROGRESS");
      Xml.set(result, "ExecutionStatus", "UNAVAILABLE");
      Xml.remove(result, "StatusReason");
    }
    tellChanges(result, found);
    return reply.with(Xml.print(answer));
  }

  private void tellChanges(Element result, ChangeSet of) {
    List<Change> changes = told.get(of.stack());
    if (changes != null && !of.isEmpty()) {
      String members = changes.stream().map(Change::xml).collect(Collectors.joining());
      Xml.remove(result, "Changes");
      add(result, "<Changes>" + members + "</Changes>");
    }
  }

  private static String unchanged(ChangeSet of) {
    return """
    <DescribeChangeSetResponse><DescribeChangeSetResult><ChangeSetName>%s</ChangeSetName>\
    <ChangeSetId>%s</ChangeSetId><StackName>%s</StackName><Status>FAILED</Status>\
    <StatusReason>%s</StatusReason><ExecutionStatus>UNAVAILABLE</ExecutionStatus><Changes/>\
    </DescribeChangeSetResult></DescribeChangeSetResponse>\
    """
        .formatted(of.name(), of.id(), of.stack(), UNCHANGED);
  }

  private Reply execute(Request request, Cloud next) {
    ChangeSet found = find(request);
    if (found == null) {
      return missing(request);
    }
    if (found.isEmpty() || found.isExecuted() || tempo.now().isBefore(found.ready())) {
      return new Refusal(
              400,
              "InvalidChangeSetStatus",
              "ChangeSet [" + found.id() + "] cannot be executed in its current status")
          .to(request);
    }
    Reply reply =
        next.answer(
            request.withField("StackName", found.stack()).withField("ChangeSetName", found.id()));
    if (reply.succeeded()) {
      byId.put(found.id(), found.executed());
    }
    return reply;
  }

  private static Reply missing(Request request) {
    String name = request.need("ChangeSetName");
    return new Refusal(404, "ChangeSetNotFound", "ChangeSet [" + name + "] does not exist")
        .to(request);
  }

  private static String scope(Request request) {
    return "arn:%s:cloudformation:%s:%s:"
        .formatted(
            new RegionName(request.region()).partition(),
            request.region(),
            request.caller().account());
  }

  private @Nullable ChangeSet find(Request request) {
    String name = request.need("ChangeSetName");
    String scope = scope(request);
    return byId.values().stream()
        .filter(each -> each.id().startsWith(scope))
        .filter(each ->
            each.id().equals(name)
                || (each.name().equals(name) && each.stack().equals(CfnStacks.nameOf(request))))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void forget() {
    byId.clear();
    told.clear();
    transforms.clear();
  }
}
