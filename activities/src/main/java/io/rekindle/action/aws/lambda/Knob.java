package io.rekindle.action.aws.lambda;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.plan.step.compute.Lambda.Concurrency;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetProvisionedConcurrencyConfigResponse;
import software.amazon.awssdk.services.lambda.model.ProvisionedConcurrencyConfigNotFoundException;

/** Where one of the two concurrencies of a function is read and set. */
sealed interface Knob {
  static Knob of(Work<Lambda.SetConcurrency> work) {
    LambdaClient lambda = SeenFunction.lambda(work);
    String function = work.with().function();
    String it = SeenFunction.it(work, function);
    return switch (work.with().concurrency()) {
      case Concurrency.Reserved wanted ->
          new ReservedFor(lambda, function, it, new Setting.Former(wanted.reserved()));
      case Concurrency.Unreserved none ->
          new ReservedFor(lambda, function, it, new Setting.Former(null));
      case Concurrency.Provisioned wanted ->
          new ProvisionedFor(
              lambda,
              function,
              wanted.alias(),
              "the alias or version %s of %s".formatted(wanted.alias(), it),
              new Setting.Former(wanted.provisioned() == 0 ? null : wanted.provisioned()));
    };
  }

  /** What has it, for a sentence. */
  String it();

  /** What it is, for a sentence. */
  String what();

  Setting.Former wanted();

  Setting look();

  void set(Setting.Former to);

  /** How many may run at once; reserved for it, and its limit. It holds at once. */
  record ReservedFor(LambdaClient lambda, String function, String it, Setting.Former wanted)
      implements Knob {
    @Override
    public String what() {
      return "the reserved concurrency of " + it;
    }

    @Override
    public Setting look() {
      return Setting.ready(
          lambda
              .getFunctionConcurrency(request -> request.functionName(function))
              .reservedConcurrentExecutions());
    }

    @Override
    public void set(Setting.Former to) {
      if (to.count() == null) {
        lambda.deleteFunctionConcurrency(request -> request.functionName(function));
      } else {
        lambda.putFunctionConcurrency(
            request -> request.functionName(function).reservedConcurrentExecutions(to.count()));
      }
    }
  }

  /** How many are kept warm. */
  record ProvisionedFor(
      LambdaClient lambda, String function, String alias, String it, Setting.Former wanted)
      implements Knob {
    @Override
    public String what() {
      return "the provisioned concurrency of " + it;
    }

    @Override
    public Setting look() {
      try {
        return setting(
            lambda.getProvisionedConcurrencyConfig(
                request -> request.functionName(function).qualifier(alias)));
      } catch (ProvisionedConcurrencyConfigNotFoundException none) {
        return Setting.ready(null);
      }
    }

    private static Setting setting(GetProvisionedConcurrencyConfigResponse shown) {
      return new Setting(
          new Setting.Former(shown.requestedProvisionedConcurrentExecutions()),
          shown.statusAsString(),
          shown.statusReason() == null ? "Lambda gives no reason" : shown.statusReason());
    }

    @Override
    public void set(Setting.Former to) {
      if (to.count() == null) {
        lambda.deleteProvisionedConcurrencyConfig(
            request -> request.functionName(function).qualifier(alias));
      } else {
        lambda.putProvisionedConcurrencyConfig(request ->
            request
                .functionName(function)
                .qualifier(alias)
                .provisionedConcurrentExecutions(to.count()));
      }
    }
  }
}
