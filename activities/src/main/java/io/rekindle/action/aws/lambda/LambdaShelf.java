package io.rekindle.action.aws.lambda;

import io.rekindle.action.Marks;
import io.rekindle.action.aws.Visit;
import io.rekindle.action.aws.inventory.Cost;
import io.rekindle.action.aws.inventory.Shelf;
import io.rekindle.action.aws.inventory.Sort;
import io.rekindle.action.aws.inventory.Thing;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.compute.Lambda;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** The environment variables of functions, which drills set where they are. */
@Singleton
final class LambdaShelf implements Shelf {
  @Override
  public Set<Class<? extends Action>> services() {
    return Set.of(Lambda.class);
  }

  @Override
  public List<Sort> sorts() {
    return List.of(
        Sort.inPlace(
            "environment variables of the function", "lambda:function", LambdaShelf::variables));
  }

  private static Stream<Thing> variables(Visit visit) {
    return visit
        .client(LambdaClient.class, LambdaClient::builder)
        .listFunctionsPaginator()
        .functions()
        .stream()
        .map(function ->
            Thing.of(
                function.functionName(),
                function.functionArn() + "#" + digest(function),
                Map.of(),
                Cost.NOTHING));
  }

  /** Values may be secret. */
  private static String digest(FunctionConfiguration function) {
    Map<String, String> all =
        function.environment() == null ? Map.of() : function.environment().variables();
    return Marks.of(Stream.of(new TreeMap<>(all).toString())).all();
  }
}
