package io.rekindle.simulator.function;

import io.rekindle.simulator.fake.Fake;
import io.rekindle.simulator.fake.Tempo;
import io.rekindle.simulator.wire.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All functions of Lambda, and what runs when one is invoked. */
public final class Functions implements AutoCloseable {
  private final Map<Key, Function> all = new ConcurrentHashMap<>();
  private final Map<String, Code> codes = new ConcurrentHashMap<>();
  private final Tempo tempo;
  private final Mappings mappings;

  public Functions(Tempo tempo) {
    this.tempo = tempo;
    mappings = new Mappings(this, tempo);
  }

  /**
   * From now on an invocation runs this.
   *
   * @param function its ARN, or its name wherever it is
   */
  public void runs(String function, Code code) {
    codes.put(function, code);
  }

  /** From now on it is as if nobody had invoked it for weeks. */
  public void fallIdle(String account, String region, String name) {
    find(new Key(account, region, name)).orElseThrow().fallIdle();
  }

  /** What Lambda tells of them and does to them. */
  public List<Fake> fakes() {
    return List.of(new FunctionApi(this, tempo), new ConcurrencyApi(this, tempo), mappings);
  }

  void add(Function function) {
    all.put(function.key(), function);
  }

  Optional<Function> find(Key key) {
    return Optional.ofNullable(all.get(key));
  }

  Collection<Function> all() {
    return all.values();
  }

  /** A function that nobody told what to do does nothing. */
  Result run(Function function, String version, String payload) {
    Key key = function.key();
    Code byName = codes.getOrDefault(key.name(), nothing -> "null");
    Code code = codes.getOrDefault(key.arn(), byName);
    Map<String, String> environment = function.environment(version);
    try {
      return new Result(
          code.run(
              new Invocation(
                  key.account(), key.region(), key.name(), version, payload, environment)),
          false);
    } catch (Exception failed) {
      return new Result(
          Json.print(
              Map.of(
                  "errorMessage",
                  String.valueOf(failed.getMessage()),
                  "errorType",
                  failed.getClass().getSimpleName())),
          true);
    }
  }

  /**
   * @param payload JSON
   */
  record Result(String payload, boolean failed) {}

  public void forget() {
    mappings.forget();
    all.clear();
    codes.clear();
  }

  @Override
  public void close() {
    mappings.close();
  }
}
