package io.rekindle.action.aws.lambda;

import io.rekindle.action.aws.SimulatedAws;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** Functions of one Region. */
record LambdaWorld(LambdaClient lambda) {
  static final String ACCOUNT = "123456789012";

  void function(String name, Map<String, String> environment) {
    lambda.createFunction(it ->
        it.functionName(name)
            .runtime(Runtime.PYTHON3_13)
            .handler("shop.handle")
            .role("arn:aws:iam::" + ACCOUNT + ":role/shop")
            .code(code -> code.zipFile(SdkBytes.fromUtf8String("zip")))
            .environment(each -> each.variables(environment)));
  }

  GetFunctionConfigurationResponse look(String name) {
    return lambda.getFunctionConfiguration(it -> it.functionName(name));
  }

  Map<String, String> variables(String name) {
    return new TreeMap<>(look(name).environment().variables());
  }

  /** As a person would. */
  void set(String name, Map<String, String> environment) {
    lambda.updateFunctionConfiguration(
        it -> it.functionName(name).environment(each -> each.variables(environment)));
  }

  /** An alias of what the function is now. */
  void alias(String name, String alias) {
    String version = lambda.publishVersion(it -> it.functionName(name)).version();
    lambda.createAlias(it -> it.functionName(name).name(alias).functionVersion(version));
  }

  void reserve(String name, int count) {
    lambda.putFunctionConcurrency(it -> it.functionName(name).reservedConcurrentExecutions(count));
  }

  Optional<Integer> reserved(String name) {
    return Optional.ofNullable(
        lambda.getFunctionConcurrency(it -> it.functionName(name)).reservedConcurrentExecutions());
  }

  void warm(String name, String alias, int count) {
    lambda.putProvisionedConcurrencyConfig(
        it -> it.functionName(name).qualifier(alias).provisionedConcurrentExecutions(count));
  }

  /** By which a function reads a queue; its UUID. */
  String mapping(String name, String queue, boolean enabled) {
    return lambda
        .createEventSourceMapping(it ->
            it.functionName(name)
                .eventSourceArn("arn:aws:sqs:us-west-2:" + ACCOUNT + ":" + queue)
                .enabled(enabled))
        .uuid();
  }

  void set(String mapping, boolean enabled) {
    lambda.updateEventSourceMapping(it -> it.uuid(mapping).enabled(enabled));
  }

  String state(String mapping) {
    return lambda.getEventSourceMapping(it -> it.uuid(mapping)).state();
  }

  void fallsIdle(String region, String name) {
    SimulatedAws.aws().functions().fallIdle(ACCOUNT, region, name);
  }
}
