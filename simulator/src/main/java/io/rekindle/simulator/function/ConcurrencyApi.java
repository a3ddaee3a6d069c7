package io.rekindle.simulator.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.simulator.fake.Fake;
import io.rekindle.simulator.fake.Tempo;
import io.rekindle.simulator.function.Function.Provisioned;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * How many of a function may run, and how many are kept warm.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html">Understanding
 *     Lambda function scaling</a>
 */
record ConcurrencyApi(Functions functions, Tempo tempo) implements Fake {
  private static final String INVALID = "InvalidParameterValueException";
  private static final String PROVISION = "PutProvisionedConcurrencyConfig";

  /** What an account has, and what of it must stay free. */
  private static final int ACCOUNT = 1000;

  private static final int FREE = 100;

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("lambda")) {
      return next.answer(request);
    }
    return switch (request.operation()) {
      case "GetFunctionConcurrency" ->
          on(request, (function, all) -> FunctionApi.answer(200, reserved(function)));
      case "PutFunctionConcurrency" -> reserved(request);
      case "DeleteFunctionConcurrency" ->
          on(
              request,
              (function, all) -> {
                function.free();
                return FunctionApi.nothing();
              });
      case "GetProvisionedConcurrencyConfig" -> shown(request);
      case PROVISION -> provisioned(request);
      case "DeleteProvisionedConcurrencyConfig" ->
          on(
              request,
              (function, alias) -> {
                function.removeProvisioned(alias);
                return FunctionApi.nothing();
              });
      default -> next.answer(request);
    };
  }

  private Reply on(Request request, BiFunction<Function, String, Reply> deed) {
    return FunctionApi.on(functions, request, deed);
  }

  private static ObjectNode reserved(Function function) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    function.reserved().ifPresent(count -> answer.put("ReservedConcurrentExecutions", count));
    return answer;
  }

  private Reply reserved(Request request) {
    int count = Json.parse(request.text()).path("ReservedConcurrentExecutions").asInt();
    return on(
        request,
        (function, all) -> {
          if (count + reservedByOthers(function) > ACCOUNT - FREE) {
            return FunctionApi.refused(
                request,
                400,
                INVALID,
                "Specified ReservedConcurrentExecutions for function decreases account's"
                    + " UnreservedConcurrentExecution below its minimum value of ["
                    + FREE
                    + "].");
          }
          function.reserve(count);
          return FunctionApi.answer(200, reserved(function));
        });
  }

  private int reservedByOthers(Function function) {
    Key key = function.key();
    return functions.all().stream()
        .filter(other -> !other.equals(function))
        .filter(
            other -> other.key().equals(new Key(key.account(), key.region(), other.key().name())))
        .mapToInt(other -> other.reserved().orElse(0))
        .sum();
  }

  private Reply provisioned(Request request) {
    int count = Json.parse(request.text()).path("ProvisionedConcurrentExecutions").asInt();
    return on(
        request,
        (function, alias) -> {
          if (alias.equals(Function.LATEST)) {
            return FunctionApi.refused(
                request,
                400,
                INVALID,
                "Provisioned Concurrency Configs cannot be applied to unpublished function"
                    + " versions.");
          }
          if (function.reserved().filter(most -> count > most).isPresent()) {
            return FunctionApi.refused(
                request,
                400,
                INVALID,
                "Requested Provisioned Concurrency should not be greater than the"
                    + " reservedConcurrentExecution for function");
          }
          Instant until = tempo.end(PROVISION, Lambda.SetConcurrency.class, "set");
          Provisioned what = new Provisioned(count, tempo.now(), until, tempo.end(PROVISION));
          function.provision(alias, what);
          return FunctionApi.answer(202, shown(what));
        });
  }

  private Reply shown(Request request) {
    return on(
        request,
        (function, alias) ->
            function
                .provisioned(alias)
                .map(what -> FunctionApi.answer(200, shown(what)))
                .orElseGet(() ->
                    FunctionApi.refused(
                        request,
                        404,
                        "ProvisionedConcurrencyConfigNotFoundException",
                        "No Provisioned Concurrency Config found for this function")));
  }

  private ObjectNode shown(Provisioned what) {
    String status = what.status(tempo.now());
    int ready = status.equals("READY") ? what.requested() : 0;
    ObjectNode shown =
        JsonNodeFactory.instance
            .objectNode()
            .put("RequestedProvisionedConcurrentExecutions", what.requested())
            .put("AvailableProvisionedConcurrentExecutions", ready)
            .put("AllocatedProvisionedConcurrentExecutions", ready)
            .put("Status", status)
            .put("LastModified", "2026-01-01T00:00:00+0000");
    return status.equals("FAILED")
        ? shown.put("StatusReason", "FUNCTION_ERROR_INIT_FAILURE")
        : shown;
  }
}
