package io.rekindle.simulator.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The real servers behind caches, each started when somebody first asks for its address. */
final class Servers implements AutoCloseable {
  private final Map<String, RedisServer> all = new ConcurrentHashMap<>();

  /**
   * @param program a Redis of this machine
   */
  InetSocketAddress address(String arn, Path program) {
    return all.computeIfAbsent(arn, first -> started(program)).address();
  }

  private static RedisServer started(Path program) {
    try {
      return RedisServer.start(program);
    } catch (IOException failed) {
      throw new UncheckedIOException("No Redis: " + failed.getMessage(), failed);
    }
  }

  /** What was in it is lost. */
  void end(String arn) {
    RedisServer server = all.remove(arn);
    if (server != null) {
      end(server);
    }
  }

  private static void end(RedisServer server) {
    try {
      server.end();
    } catch (IOException logStays) {
      throw new UncheckedIOException(logStays);
    }
  }

  @Override
  public void close() {
    all.keySet().forEach(this::end);
  }
}
