package io.rekindle.worker;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Watches the questions for work that this worker has open at the server. */
@Singleton
final class Polls implements ClientInterceptor {
  /** A poll that a server refuses is open for a moment as well. */
  private static final Duration DOUBT = Duration.ofSeconds(2);

  private final Map<String, Open> polls =
      Map.of(
          WorkflowServiceGrpc.getPollWorkflowTaskQueueMethod().getFullMethodName(),
          new Open("workflow tasks"),
          WorkflowServiceGrpc.getPollActivityTaskQueueMethod().getFullMethodName(),
          new Open("activity tasks"));

  /** The open polls of one sort. */
  private static final class Open {
    private final String what;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong(System.nanoTime() - DOUBT.toNanos());

    Open(String what) {
      this.what = what;
    }

    void end(Status status) {
      count.decrementAndGet();
      if (!status.isOk() && status.getCode() != Status.Code.CANCELLED) {
        refused.set(System.nanoTime());
      }
    }

    boolean isLive() {
      return count.get() > 0 && System.nanoTime() - refused.get() >= DOUBT.toNanos();
    }
  }

  /** Whether the server is being asked for work of every sort. */
  boolean areLive() {
    return polls.values().stream().allMatch(Open::isLive);
  }

  /** How many polls are open, by what they ask for. */
  Map<String, Integer> counts() {
    return polls.values().stream()
        .collect(Collectors.toMap(open -> open.what, open -> open.count.get()));
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    Open open = polls.get(method.getFullMethodName());
    ClientCall<Q, A> call = next.newCall(method, options);
    return open == null ? call : watched(call, open);
  }

  private static <Q, A> ClientCall<Q, A> watched(ClientCall<Q, A> call, Open open) {
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        open.count.incrementAndGet();
        super.start(
            new SimpleForwardingClientCallListener<A>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                open.end(status);
                super.onClose(status, trailers);
              }
            },
            headers);
      }
    };
  }
}
