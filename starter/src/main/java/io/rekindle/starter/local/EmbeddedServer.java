package io.rekindle.starter.local;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.rekindle.starter.run.Administrator;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The server of Temporal's tests, inside this process, in real time: it knows its runs by heart.
 */
final class EmbeddedServer implements TemporalServer {
  private static final String THIS_MACHINE = "127.0.0.1";
  private static final boolean IN_REAL_TIME = true;
  private static final long FROM_NOW = 0;

  private final TestServicesStarter services = new TestServicesStarter(IN_REAL_TIME, FROM_NOW);
  private final Server server;

  EmbeddedServer(int port) {
    ServerBuilder<?> builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(THIS_MACHINE, port), InsecureServerCredentials.create());
    GRPCServerHelper.registerServicesAndHealthChecks(
        services.getServices(), builder, List.of(new NothingSticky()));
    server = builder.build();
    try {
      server.start();
    } catch (IOException failed) {
      services.close();
      throw new StackFailure(
          "The embedded Temporal server cannot listen on port "
              + port
              + ": "
              + failed.getMessage());
    }
  }

  @Override
  public void awaitReady() {
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                THIS_MACHINE + ":" + server.getPort(), InsecureChannelCredentials.create())
            .build();
    Administrator.prepare(channel);
    channel.shutdownNow();
  }

  @Override
  public boolean isAlive() {
    return !server.isShutdown();
  }

  @Override
  public void kill() {
    close();
  }

  @Override
  public void close() {
    server.shutdownNow();
    services.close();
  }

  /** This server never gives up a dead worker's own queue; so nobody gets one. */
  private static final class NothingSticky implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        @Override
        @SuppressWarnings("unchecked")
        public void onMessage(Q message) {
          super.onMessage(
              message instanceof RespondWorkflowTaskCompletedRequest completed
                  ? (Q) completed.toBuilder().clearStickyAttributes().build()
                  : message);
        }
      };
    }
  }
}
