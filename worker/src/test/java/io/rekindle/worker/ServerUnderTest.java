package io.rekindle.worker;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.temporal.envconfig.ClientConfigProfile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** A worker's beans, for a server on this machine instead of the one that the environment names. */
@Factory
@Requires(property = "test.address")
final class ServerUnderTest {
  @Singleton
  @Replaces(value = ClientConfigProfile.class, factory = TemporalConnection.class)
  ClientConfigProfile profile(@Value("${test.address}") String address) {
    return ClientConfigProfile.newBuilder().setAddress(address).build();
  }

  static ApplicationContext context(int port, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("test.address", "127.0.0.1:" + port);
    all.put("rekindle.port", 0);
    return ApplicationContext.builder()
        .banner(false)
        .deduceEnvironment(false)
        .properties(all)
        .start();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new IllegalStateException(none);
    }
  }
}
