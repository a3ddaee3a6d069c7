package io.rekindle.simulator.cluster;

import io.rekindle.simulator.fake.Fake;
import io.rekindle.simulator.fake.Tempo;
import io.rekindle.simulator.tls.Authority;
import io.rekindle.simulator.wire.Callers;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** All Kubernetes clusters. Each has an address of its own; one authority signs for all. */
public final class Clusters implements AutoCloseable {
  private final Tempo tempo;
  private final Predicate<String> dark;
  private final Callers callers;
  private final Map<Key, Cluster> all = new ConcurrentHashMap<>();
  private @Nullable Signing signing;

  /** What is made once, because it takes long. */
  private record Signing(Authority authority, SSLContext certified) {
    static Signing create() {
      Authority authority = Authority.create();
      return new Signing(authority, authority.serving("kubernetes"));
    }
  }

  record Key(String account, String region, String name) {}

  /**
   * @param dark whether a Region does not answer at present
   */
  public Clusters(Tempo tempo, Predicate<String> dark, Callers callers) {
    this.tempo = tempo;
    this.dark = dark;
    this.callers = callers;
  }

  /** The cluster that is or shall be there, with nothing in it as long as nobody puts it in. */
  public Cluster lead(String account, String region, String name) {
    return all.computeIfAbsent(new Key(account, region, name), this::open);
  }

  private Cluster open(Key key) {
    Signing with = signing();
    Doorkeeper door =
        new Doorkeeper(
            token -> EksToken.read(token).flatMap(it -> it.principal(key, callers, Instant.now())));
    return new Cluster(
        tempo,
        with.authority(),
        door,
        (silent, answering) ->
            ApiServer.open(
                with.certified(),
                () -> silent.getAsBoolean() || dark.test(key.region()),
                answering));
  }

  private synchronized Signing signing() {
    Signing known = signing == null ? Signing.create() : signing;
    signing = known;
    return known;
  }

  Optional<Cluster> find(String account, String region, String name) {
    return Optional.ofNullable(all.get(new Key(account, region, name)));
  }

  /** What EKS tells of them. */
  public Fake eks() {
    return new EksClusters(this, tempo);
  }

  public void forget() {
    all.values().forEach(Cluster::close);
    all.clear();
  }

  @Override
  public void close() {
    forget();
  }
}
