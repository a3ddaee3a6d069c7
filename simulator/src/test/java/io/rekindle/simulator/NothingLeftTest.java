package io.rekindle.simulator;

import static io.rekindle.simulator.RdsAccount.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.rds.RdsClient;

class NothingLeftTest {
  /** What a shell runs in the background ignores Ctrl-C, and so would all that it starts. */
  private static final String HEEDS_CTRL_C = "$SIG{INT} = 'DEFAULT'; exec @ARGV";

  private static final String ENDPOINT = "endpoint ";

  @TempDir private Path temporary;

  private URI endpoint = URI.create("");

  @Test
  void noProcessAndNoPortIsLeftAfterClose() {
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
    Simulator simulator = Simulator.start(Settings.FAST.withDatabases());
    simulator.seed(Example.VISITOR_COUNTER).close();
    aPostgresAt(simulator.endpoint());
    aRedisOf(simulator);
    List<ProcessHandle> started =
        ProcessHandle.current().descendants().filter(each -> !before.contains(each)).toList();
    assertThat(started).hasSizeGreaterThan(1);
    URI address = simulator.endpoint();
    simulator.close();
    assertThat(started).noneMatch(ProcessHandle::isAlive);
    assertThatThrownBy(() -> new Socket(address.getHost(), address.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }

  /** Where the machine has one. */
  private static void aRedisOf(Simulator simulator) {
    simulator.tempo().lasts("CreateServerlessCache", Duration.ZERO);
    Aws.of(simulator, "123456789012")
        .client(ElastiCacheClient.builder())
        .createServerlessCache(it -> it.serverlessCacheName("shop").engine("valkey"));
    simulator.caches().address("123456789012", "us-east-2", "shop");
  }

  private static void aPostgresAt(URI endpoint) {
    new Aws(endpoint, "123456789012", Aws.EAST)
        .client(RdsClient.builder())
        .createDBInstance(it ->
            it.dbInstanceIdentifier("accounts")
                .engine("postgres")
                .dbInstanceClass("db.t3.micro")
                .masterUsername("accounts")
                .masterUserPassword("Passw0rd123")
                .allocatedStorage(20));
  }

  @Test
  void noProcessIsLeftWhenItIsKilledOrInterruptedAndTheNextOneRemovesItsFiles() throws Exception {
    Process one = started();
    aPostgresAt(endpoint);
    List<ProcessHandle> children = one.descendants().toList();
    assertThat(children).hasSizeGreaterThan(1);
    assertThat(dataFolders()).isEqualTo(2);
    one.destroyForcibly().waitFor();
    await(() -> children.stream().noneMatch(ProcessHandle::isAlive));

    Process other = started();
    assertThat(dataFolders()).isEqualTo(1);
    List<ProcessHandle> all =
        Stream.concat(Stream.of(other.toHandle()), other.descendants()).toList();
    interrupt(all);
    await(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(dataFolders()).isZero();
  }

  /** As a terminal does on Ctrl-C. */
  private static void interrupt(List<ProcessHandle> all) throws Exception {
    Stream<String> pids = all.stream().map(each -> Long.toString(each.pid()));
    List<String> kill = Stream.concat(Stream.of("kill", "-INT"), pids).toList();
    assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
  }

  private Process started() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                "perl",
                "-e",
                HEEDS_CTRL_C,
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                classes,
                Main.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader();
    List<String> said =
        Stream.generate(() -> line(out)).takeWhile(line -> !line.isEmpty()).toList();
    assertThat(said)
        .as("what it says until it is ready")
        .anyMatch(line -> line.startsWith("endpoint http://127.0.0.1:"));
    endpoint =
        said.stream()
            .filter(line -> line.startsWith(ENDPOINT))
            .map(line -> URI.create(line.substring(ENDPOINT.length())))
            .findFirst()
            .orElseThrow();
    return process;
  }

  /** Empty when it is ready. */
  private static String line(BufferedReader out) {
    try {
      String line = out.readLine();
      assertThat(line).as("it ended early").isNotNull();
      return line.equals("ready") ? "" : line;
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private long dataFolders() throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all.filter(each -> each.getFileName().toString().matches(".*-(mariadb|postgres)-.*"))
          .count();
    }
  }
}
