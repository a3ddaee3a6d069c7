package io.rekindle.simulator;

import io.rekindle.simulator.cache.ServerlessCaches;
import io.rekindle.simulator.cluster.Clusters;
import io.rekindle.simulator.contract.Guard;
import io.rekindle.simulator.database.Databases;
import io.rekindle.simulator.dns.NameServer;
import io.rekindle.simulator.dns.Zones;
import io.rekindle.simulator.fake.BackupVault;
import io.rekindle.simulator.fake.CfnChangeSets;
import io.rekindle.simulator.fake.Fake;
import io.rekindle.simulator.fake.Fakes;
import io.rekindle.simulator.fake.HealthChecks;
import io.rekindle.simulator.fake.Metrics;
import io.rekindle.simulator.fake.TargetHealth;
import io.rekindle.simulator.fake.Tempo;
import io.rekindle.simulator.fault.Faults;
import io.rekindle.simulator.function.Functions;
import io.rekindle.simulator.tls.Authority;
import io.rekindle.simulator.wire.Callers;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.KnownGood;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.RequestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A simulator of AWS's wire protocol on this machine: an emulator, and before it scripted faults,
 * stand-ins for what the emulator lacks, and states that last.
 *
 * <p>Give SDK clients {@link #endpoint()} as their endpoint and any credentials. An access key of
 * twelve digits is an account of its own, so test cases can share one simulator.
 */
public final class Simulator implements AutoCloseable {
  private static final String ANYWHERE = "us-east-1";

  private final CallRecord record = new CallRecord();
  private final Faults faults = new Faults();
  private final Tempo tempo;
  private final Optional<Databases> databases;
  private final Fakes fakes;
  private final Clusters clusters;
  private final Functions functions;
  private final ServerlessCaches caches;
  private final Moto moto;
  private final Cloud cloud;
  private final Guard guard = new Guard();
  private final NameServer names;
  private final Front front;
  private Optional<Authority> authority = Optional.empty();

  private Simulator(Moto moto, Optional<Databases> databases, Settings settings)
      throws IOException {
    this.moto = moto;
    this.databases = databases;
    tempo = new Tempo(settings.tempo());
    fakes = Fakes.all(tempo, databases, faults::silences);
    Callers callers = new Callers();
    clusters = new Clusters(tempo, faults::silences, callers);
    functions = new Functions(tempo);
    caches = new ServerlessCaches(tempo);
    List<Fake> all =
        Stream.of(
                List.of(clusters.eks()), functions.fakes(), List.<Fake>of(caches), fakes.inOrder())
            .flatMap(List::stream)
            .toList();
    cloud = callers.watching(Fake.inFrontOf(KnownGood.only(guard.hearing(moto)), all));
    Client owner = owner();
    names =
        NameServer.open(
            new Zones(owner, id -> fakes.healthChecks().isHealthy(id, owner)), settings.dnsPort());
    front =
        Front.open(
            settings.port(), new RequestReader(callers), record, faults, guard.before(cloud));
  }

  /**
   * @throws SimulatorUnavailable when this machine lacks what it needs
   */
  public static Simulator start() {
    return start(Settings.FAST);
  }

  /**
   * @throws SimulatorUnavailable when this machine lacks what it needs
   */
  public static Simulator start(Settings settings) {
    Optional<Databases> databases =
        settings.databases() ? Optional.of(Databases.starting(Cache.folder())) : Optional.empty();
    try {
      return start(databases, settings);
    } catch (IOException failed) {
      databases.ifPresent(Databases::close);
      throw new UncheckedIOException("The simulator did not start: " + failed.getMessage(), failed);
    } catch (SimulatorUnavailable lacking) {
      databases.ifPresent(Databases::close);
      throw lacking;
    }
  }

  private static Simulator start(Optional<Databases> databases, Settings settings)
      throws IOException {
    Moto moto = Moto.start();
    try {
      return new Simulator(moto, databases, settings);
    } catch (IOException failed) {
      moto.close();
      throw failed;
    }
  }

  public URI endpoint() {
    return front.address();
  }

  /**
   * A DNS server: it answers what the Route 53 zones in the account of AWS's own examples hold, and
   * the names of load balancers there.
   */
  public InetSocketAddress dns() {
    return names.address();
  }

  /** The same server, to make it fall silent. */
  public NameServer nameServer() {
    return names;
  }

  /** Every call so far, oldest first. */
  public List<Call> calls() {
    return record.all();
  }

  /** From now on it is told of every call that is carried out, before the caller hears of it. */
  public void witness(Consumer<Call> next) {
    front.tell(next);
  }

  /** From now on it hears every request with its answer, those of faults included. */
  public void listen(BiConsumer<Request, Reply> next) {
    front.letHear(next);
  }

  /** Who lets callers do what their policies permit. */
  public Guard guard() {
    return guard;
  }

  /** Who signs the certificates of what is simulated; made when somebody first asks for it. */
  public synchronized Authority authority() {
    authority = authority.or(() -> Optional.of(Authority.create()));
    return authority.orElseThrow();
  }

  public Faults faults() {
    return faults;
  }

  public Tempo tempo() {
    return tempo;
  }

  /** What Route 53's checkers see. */
  public HealthChecks healthChecks() {
    return fakes.healthChecks();
  }

  /** What is behind load balancers. */
  public TargetHealth targets() {
    return fakes.targets();
  }

  /** The Kubernetes clusters of EKS. */
  public Clusters clusters() {
    return clusters;
  }

  /** The functions of Lambda, and what they do. */
  public Functions functions() {
    return functions;
  }

  /** The serverless caches of ElastiCache, and where to find what is in them. */
  public ServerlessCaches caches() {
    return caches;
  }

  /** What CloudWatch shows. */
  public Metrics metrics() {
    return fakes.metrics();
  }

  /** What CloudFormation's change sets change. */
  public CfnChangeSets changeSets() {
    return fakes.changeSets();
  }

  /** A vault of AWS Backup, to put recovery points into. */
  public BackupVault vault(String region, String name) {
    return new BackupVault(fakes.backups(), cloud, region, name);
  }

  /**
   * Seeds a system of {@code examples/} in the account of AWS's own examples, and opens its
   * addresses until it is closed.
   */
  public Seeded seed(Example example) {
    if (databases.isEmpty()) {
      throw new IllegalStateException(example.plan() + " needs databases: set them.");
    }
    return Seeded.in(this, owner(), example);
  }

  /** Asks in the account of AWS's own examples, unrecorded and untouched by faults. */
  Client owner() {
    return Client.of(cloud, Callers.EXAMPLE_ACCOUNT, ANYWHERE);
  }

  /** As if it had just been started. */
  public void reset() {
    faults.clear();
    witness(call -> {});
    tempo.forget();
    names.fallSilent(NameServer.Silence.NOBODY);
    moto.reset();
    fakes.inOrder().forEach(Fake::forget);
    clusters.forget();
    functions.forget();
    caches.forget();
    record.forget();
  }

  @Override
  public void close() {
    front.close();
    names.close();
    clusters.close();
    functions.close();
    caches.close();
    databases.ifPresent(Databases::close);
    moto.close();
  }
}
