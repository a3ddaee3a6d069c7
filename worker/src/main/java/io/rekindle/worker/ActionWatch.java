package io.rekindle.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.rekindle.action.ActionCall;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.converter.EncodedValues;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Tells of every action: in the log with its run and step, and as a metric. */
@Singleton
final class ActionWatch extends WorkerInterceptorBase {
  private static final Logger LOG = LoggerFactory.getLogger("io.rekindle.actions");

  private final MeterRegistry metrics;

  ActionWatch(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Watched(next);
  }

  private final class Watched extends ActivityInboundCallsInterceptorBase {
    private String type = "";

    Watched(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      type = context.getInfo().getActivityType();
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      return input.getArguments()[0] instanceof EncodedValues values
          ? execute(input, values.get(0, ActionCall.class))
          : super.execute(input);
    }

    private ActivityOutput execute(ActivityInput input, ActionCall call) {
      long began = System.nanoTime();
      try (var application = MDC.putCloseable("application", call.key().application());
          var run = MDC.putCloseable("run", call.key().run());
          var step = MDC.putCloseable("step", call.key().step())) {
        try {
          ActivityOutput output = super.execute(input);
          record(call, ActionEnd.of(output.getResult()), began);
          return output;
        } catch (RuntimeException failure) {
          record(call, ActionEnd.of(failure), began);
          throw failure;
        }
      }
    }

    private void record(ActionCall call, ActionEnd end, long began) {
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      LOG.atLevel(end.level())
          .setCause(end.bug().orElse(null))
          .log("{} {} ({} ms)", type, end.words(), took.toMillis());
      metrics
          .timer("rekindle.actions", "kind", call.kind(), "verb", verb(), "outcome", end.outcome())
          .record(took);
    }

    private String verb() {
      return type.substring(type.lastIndexOf('.') + 1);
    }
  }
}
