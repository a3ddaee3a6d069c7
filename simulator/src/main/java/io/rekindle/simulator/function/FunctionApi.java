package io.rekindle.simulator.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.simulator.fake.Fake;
import io.rekindle.simulator.fake.Tempo;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * What makes, alters, shows and invokes functions.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html">Lambda function
 *     states</a>
 */
record FunctionApi(Functions functions, Tempo tempo) implements Fake {
  private static final Set<String> KEPT = Set.of("Runtime", "Role", "Handler", "Description");
  private static final int VARIABLES = 4096;
  private static final int PAYLOAD = 6 * 1024 * 1024;

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("lambda")) {
      return next.answer(request);
    }
    return switch (request.operation()) {
      case "CreateFunction" -> created(request);
      case "ListFunctions" -> listed(request);
      case "GetFunctionConfiguration" -> shown(request);
      case "UpdateFunctionConfiguration" -> updated(request);
      case "PublishVersion" -> published(request);
      case "CreateAlias" -> named(request);
      case "Invoke" -> invoked(request);
      default -> next.answer(request);
    };
  }

  private Reply on(Request request, BiFunction<Function, String, Reply> deed) {
    return on(functions, request, deed);
  }

  /** Does something to the function, and its version, that a request names. */
  static Reply on(Functions functions, Request request, BiFunction<Function, String, Reply> deed) {
    Key key = Key.of(request, request.path().split("/", -1)[3]);
    String qualifier = request.parameter("Qualifier").orElse(Function.LATEST);
    return functions
        .find(key)
        .filter(function -> function.version(qualifier).isPresent())
        .map(function -> deed.apply(function, qualifier))
        .orElseGet(() ->
            refused(
                request,
                404,
                "ResourceNotFoundException",
                "Function not found: "
                    + key.arn()
                    + (qualifier.equals(Function.LATEST) ? "" : ":" + qualifier)));
  }

  static Reply refused(Request request, int status, String code, String message) {
    return new Refusal(status, code, message).to(request);
  }

  static Reply answer(int status, JsonNode body) {
    return new Reply(
        status,
        Map.of("content-type", List.of("application/json")),
        Json.print(body).getBytes(UTF_8));
  }

  static Reply nothing() {
    return new Reply(204, Map.of(), new byte[0]);
  }

  private Reply created(Request request) {
    JsonNode asked = Json.parse(request.text());
    Key key = Key.of(request, asked.path("FunctionName").asText());
    if (functions.find(key).isPresent()) {
      return refused(
          request, 409, "ResourceConflictException", "Function already exist: " + key.name());
    }
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    KEPT.stream().filter(asked::has).forEach(name -> settings.set(name, asked.get(name)));
    settings.put("Timeout", asked.path("Timeout").asInt(3));
    settings.put("MemorySize", asked.path("MemorySize").asInt(128));
    settings.put("PackageType", "Zip");
    Function function = new Function(key, tempo, settings, variables(asked));
    functions.add(function);
    return answer(201, function.shown(Function.LATEST));
  }

  private static Map<String, String> variables(JsonNode asked) {
    Map<String, String> variables = new TreeMap<>();
    asked
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(each -> variables.put(each.getKey(), each.getValue().asText()));
    return variables;
  }

  private Reply listed(Request request) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode all = answer.putArray("Functions");
    functions.all().stream()
        .filter(function -> Key.of(request, function.key().name()).equals(function.key()))
        .forEach(function -> all.add(function.shown(Function.LATEST)));
    return answer(200, answer);
  }

  private Reply shown(Request request) {
    return on(request, (function, qualifier) -> answer(200, function.shown(qualifier)));
  }

  /** What is not said stays; variables that are said replace all that there were. */
  private Reply updated(Request request) {
    JsonNode asked = Json.parse(request.text());
    return on(
        request,
        (function, latest) -> {
          Map<String, String> wanted =
              asked.has("Environment") ? variables(asked) : function.environment(latest);
          String revision = asked.path("RevisionId").asText();
          if (!function.state().equals("Active") && !function.state().equals("Inactive")) {
            return conflict(
                request, "The function is currently in the following state: " + function.state());
          }
          if (function.isBeingUpdated()) {
            return conflict(
                request, "An update is in progress for resource: " + function.key().arn());
          }
          if (!revision.isEmpty() && !revision.equals(function.currentRevision())) {
            return refused(
                request,
                412,
                "PreconditionFailedException",
                "The Revision Id provided does not match the latest Revision Id. Call the"
                    + " GetFunction/GetAlias API to retrieve the latest Revision Id");
          }
          if (Json.print(wanted).getBytes(UTF_8).length > VARIABLES) {
            return refused(
                request,
                400,
                "InvalidParameterValueException",
                "Lambda was unable to configure your environment variables because the environment"
                    + " variables you have provided exceeded the 4KB limit. String measured: "
                    + Json.print(wanted));
          }
          if (asked.has("Timeout")) {
            function.limit(asked.path("Timeout").asInt());
          }
          function.update(wanted);
          return answer(200, function.shown(latest));
        });
  }

  private static Reply conflict(Request request, String why) {
    return refused(
        request,
        409,
        "ResourceConflictException",
        "The operation cannot be performed at this time. " + why);
  }

  private Reply published(Request request) {
    return on(
        request,
        (function, latest) -> {
          if (function.isBeingUpdated()) {
            return conflict(
                request, "An update is in progress for resource: " + function.key().arn());
          }
          return answer(201, function.shown(function.publish()));
        });
  }

  private Reply named(Request request) {
    JsonNode asked = Json.parse(request.text());
    String alias = asked.path("Name").asText();
    String version = asked.path("FunctionVersion").asText();
    return on(
        request,
        (function, latest) -> {
          function.name(alias, version);
          return answer(
              201,
              JsonNodeFactory.instance
                  .objectNode()
                  .put("AliasArn", function.key().arn() + ":" + alias)
                  .put("Name", alias)
                  .put("FunctionVersion", version)
                  .put("RevisionId", UUID.randomUUID().toString()));
        });
  }

  private Reply invoked(Request request) {
    return on(
        request,
        (function, qualifier) -> {
          if (request.body().length > PAYLOAD) {
            return refused(
                request,
                413,
                "RequestTooLargeException",
                "Request must be smaller than 6291456 bytes for the InvokeFunction operation");
          }
          if (function.state().equals("Inactive")) {
            function.awake();
            return refused(
                request,
                502,
                "ResourceNotReadyException",
                "The function is inactive and its VPC connection is no longer available.");
          }
          if (!function.state().equals("Active")) {
            return conflict(
                request, "The function is currently in the following state: " + function.state());
          }
          if (function.reserved().filter(count -> count == 0).isPresent()) {
            return refused(request, 429, "TooManyRequestsException", "Rate Exceeded.");
          }
          return result(function, function.version(qualifier).orElseThrow(), request.text());
        });
  }

  private Reply result(Function function, String version, String payload) {
    Functions.Result result = functions.run(function, version, payload);
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("content-type", List.of("application/json"));
    headers.put("x-amz-executed-version", List.of(version));
    if (result.failed()) {
      headers.put("x-amz-function-error", List.of("Unhandled"));
    }
    return new Reply(200, headers, result.payload().getBytes(UTF_8));
  }
}
