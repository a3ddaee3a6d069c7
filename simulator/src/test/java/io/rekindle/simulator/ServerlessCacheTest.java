package io.rekindle.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ServerlessCache;

class ServerlessCacheTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final String ACCOUNT = "520000000022";
  private static final Duration LONG = Duration.ofMinutes(10);
  private final ElastiCacheClient client =
      Aws.of(SIMULATOR, ACCOUNT).client(ElastiCacheClient.builder());

  @AfterEach
  void forget() {
    SIMULATOR.tempo().forget();
    SIMULATOR.caches().forget();
  }

  private void create() {
    client.createServerlessCache(it -> it.serverlessCacheName("Shop").engine("valkey"));
  }

  private void delete() {
    client.deleteServerlessCache(it -> it.serverlessCacheName("shop"));
  }

  private ServerlessCache look() {
    return client
        .describeServerlessCaches(it -> it.serverlessCacheName("shop"))
        .serverlessCaches()
        .getFirst();
  }

  private static Optional<InetSocketAddress> address() {
    return SIMULATOR.caches().address(ACCOUNT, "us-east-2", "shop");
  }

  @Test
  void hasAnAddressWhenItIsAvailableAndIsGoneAfterItsDeletion() {
    SIMULATOR.tempo().lasts("CreateServerlessCache", LONG);
    create();
    assertThat(look().status()).isEqualTo("creating");
    assertThat(look().endpoint()).isNull();
    RdsAccount.assertRefused("InvalidServerlessCacheStateFault", 400, this::delete);
    SIMULATOR.tempo().pass(LONG);
    assertThat(look().endpoint().port()).isEqualTo(6379);
    SIMULATOR.tempo().lasts("DeleteServerlessCache", LONG);
    delete();
    assertThat(look().status()).isEqualTo("deleting");
    SIMULATOR.tempo().pass(LONG);
    RdsAccount.assertRefused("ServerlessCacheNotFoundFault", 404, this::look);
  }

  @Test
  void itsNameIsWrittenSmallAndExistsOnce() {
    SIMULATOR.tempo().lasts("CreateServerlessCache", Duration.ZERO);
    create();
    assertThat(look().serverlessCacheName()).isEqualTo("shop");
    RdsAccount.assertRefused("ServerlessCacheAlreadyExistsFault", 400, this::create);
  }

  @Test
  void aRealRedisStandsForItUntilItIsDeleted() throws IOException {
    SIMULATOR.tempo().lasts("CreateServerlessCache", Duration.ZERO);
    create();
    Optional<InetSocketAddress> address = address();
    assumeThat(address).as("the address of a redis-server of this machine").isPresent();
    assertThat(says(address.get(), "SET seats 12")).isEqualTo("+OK");
    assertThat(address()).isEqualTo(address);
    assertThat(says(address.get(), "INCR seats")).isEqualTo(":13");
    SIMULATOR.tempo().lasts("DeleteServerlessCache", Duration.ZERO);
    delete();
    assertThat(address()).isEmpty();
  }

  private static String says(InetSocketAddress address, String command) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    }
  }
}
