package io.rekindle.starter.rehearse;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One worker's wait for a task. What was asked of the server outlives it, see {@link TaskLine}. */
final class TaskPoll<Q, A> extends ClientCall<Q, A> {
  private final MethodDescriptor<Q, A> method;
  private final CallOptions options;
  private final Channel server;
  private final TaskLines lines;
  private final Predicate<A> worker;
  private final UnaryOperator<Q> put;
  private final Predicate<A> taker = this::take;
  private @Nullable Listener<A> listener;
  private @Nullable Metadata headers;
  private @Nullable TaskLine<A> line;
  private boolean over;

  /**
   * @param worker takes note of a task, unless it is dead
   * @param put puts the request in other words
   */
  TaskPoll(
      MethodDescriptor<Q, A> method,
      CallOptions options,
      Channel server,
      TaskLines lines,
      Predicate<A> worker,
      UnaryOperator<Q> put) {
    this.method = method;
    this.options = options;
    this.server = server;
    this.lines = lines;
    this.worker = worker;
    this.put = put;
  }

  @Override
  public void start(Listener<A> whom, Metadata with) {
    listener = whom;
    headers = with;
  }

  @Override
  public void sendMessage(Q wanted) {
    Q request = put.apply(wanted);
    TaskLine<A> joined = lines.of(method.getFullMethodName(), TaskLines.queue(request));
    line = joined;
    if (joined.join(taker)) {
      ask(request, joined);
    }
  }

  private void ask(Q request, TaskLine<A> forWhom) {
    ClientCall<Q, A> call = server.newCall(method, options.withExecutor(Runnable::run));
    lines.asks(call);
    call.start(
        new Listener<>() {
          @Override
          public void onMessage(A task) {
            forWhom.arrived(task);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            lines.isAnswered(call);
            if (!status.isOk()) {
              forWhom.arrived(nothing());
            }
          }
        },
        Objects.requireNonNull(headers));
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
  }

  /** The answer of a server that has no task. */
  private A nothing() {
    return method.parseResponse(new ByteArrayInputStream(new byte[0]));
  }

  private synchronized boolean take(A task) {
    if (over || !worker.test(task)) {
      return false;
    }
    over = true;
    tell(() -> {
      Listener<A> told = Objects.requireNonNull(listener);
      told.onHeaders(new Metadata());
      told.onMessage(task);
      told.onClose(Status.OK, new Metadata());
    });
    return true;
  }

  @Override
  public void cancel(@Nullable String message, @Nullable Throwable cause) {
    if (line != null) {
      line.leave(taker);
    }
    synchronized (this) {
      if (!over) {
        over = true;
        Status cancelled = Status.CANCELLED.withDescription(message).withCause(cause);
        tell(() -> Objects.requireNonNull(listener).onClose(cancelled, new Metadata()));
      }
    }
  }

  private void tell(Runnable news) {
    Executor theirs = options.getExecutor();
    if (theirs == null) {
      news.run();
    } else {
      theirs.execute(news);
    }
  }

  @Override
  public void request(int messages) {}

  @Override
  public void halfClose() {}
}
